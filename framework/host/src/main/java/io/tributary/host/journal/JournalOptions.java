package io.tributary.host.journal;

import java.time.Duration;
import java.time.InstantSource;

/// How a journal is kept; [#standard] and what differs from it. Immutable.
///
/// @param clock what the time is, for what is kept for a time only
/// @param batchUnits at most so many units in one commit
/// @param batchBytes about so many bytes in one commit
/// @param queuedUnits when so many units wait, further ones are refused
/// @param queuedBytes when about so many bytes wait, further units are refused
/// @param unitBytes a larger unit is refused for good
/// @param readers how many readings run side by side
/// @param dedupeFor how long a dedupe key is remembered at least
/// @param answersFor how long an answer to an idempotency key is kept at least
/// @param checkFor about how long an opening may look at a large file for damage
/// @param checkAll whether the whole file is looked at, however long it takes
/// @param fileBytes how large the database file may grow; 0: as large as the disk allows
/// @param sortedAtOnce how many hashes gather in memory before they are sorted into their tree
/// @param remembered how many conversations are kept in memory after they were used; twice as many
///   may wait for their marks, four times as many other ends are kept
public record JournalOptions(
        InstantSource clock,
        int batchUnits,
        long batchBytes,
        int queuedUnits,
        long queuedBytes,
        long unitBytes,
        int readers,
        Duration dedupeFor,
        Duration answersFor,
        Duration checkFor,
        boolean checkAll,
        long fileBytes,
        int sortedAtOnce,
        int remembered) {

    private static final long MB = 1024 * 1024;
    private static final int REMEMBERED = 16_384;

    /// What a node is started with.
    public static JournalOptions standard() {
        return new JournalOptions(
                InstantSource.system(),
                256,
                8 * MB,
                16_384,
                64 * MB,
                16 * MB,
                Math.max(4, Runtime.getRuntime().availableProcessors() * 2),
                Duration.ofDays(30),
                Duration.ofDays(7),
                Duration.ofSeconds(1),
                false,
                0,
                KeyIndex.YOUNG,
                REMEMBERED);
    }

    public JournalOptions at(InstantSource time) {
        var copy = new Copy(this);
        copy.clock = time;
        return copy.made();
    }

    /// The same, which forgets providers' keys after this time.
    public JournalOptions dedupeFor(Duration time) {
        var copy = new Copy(this);
        copy.dedupeFor = time;
        return copy.made();
    }

    public JournalOptions queue(int units, long bytes) {
        var copy = new Copy(this);
        copy.queuedUnits = units;
        copy.queuedBytes = bytes;
        return copy.made();
    }

    public JournalOptions fileBytes(long most) {
        var copy = new Copy(this);
        copy.fileBytes = most;
        return copy.made();
    }

    public JournalOptions checkAll(boolean all) {
        var copy = new Copy(this);
        copy.checkAll = all;
        return copy.made();
    }

    JournalOptions sortedAtOnce(int hashes) {
        var copy = new Copy(this);
        copy.sortedAtOnce = hashes;
        return copy.made();
    }

    JournalOptions remembered(int conversations) {
        var copy = new Copy(this);
        copy.remembered = conversations;
        return copy.made();
    }

    /// The same options, while some are changed: so each wither names what it changes alone.
    private static final class Copy {
        private final JournalOptions from;
        private InstantSource clock;
        private int queuedUnits;
        private long queuedBytes;
        private Duration dedupeFor;
        private boolean checkAll;
        private long fileBytes;
        private int sortedAtOnce;
        private int remembered;

        Copy(JournalOptions from) {
            this.from = from;
            this.clock = from.clock;
            this.queuedUnits = from.queuedUnits;
            this.queuedBytes = from.queuedBytes;
            this.dedupeFor = from.dedupeFor;
            this.checkAll = from.checkAll;
            this.fileBytes = from.fileBytes;
            this.sortedAtOnce = from.sortedAtOnce;
            this.remembered = from.remembered;
        }

        JournalOptions made() {
            return new JournalOptions(
                    clock,
                    from.batchUnits,
                    from.batchBytes,
                    queuedUnits,
                    queuedBytes,
                    from.unitBytes,
                    from.readers,
                    dedupeFor,
                    from.answersFor,
                    from.checkFor,
                    checkAll,
                    fileBytes,
                    sortedAtOnce,
                    remembered);
        }
    }
}
