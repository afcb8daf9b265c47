package io.tributary.host.media;

import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.MediaBytes;
import io.tributary.host.journal.MediaRecords;
import io.tributary.model.MediaId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets go of files when this member's disk is short: those that all members have beside the log or
/// in a bucket, oldest first. What is only here stays, whatever it costs. Thread safe; blocking.
final class Trimming {

    private static final Logger LOG = LoggerFactory.getLogger(Trimming.class);

    /// What was asked for within this time may be asked for again, and is being sent perhaps.
    private static final Duration FRESH = Duration.ofHours(1);

    /// Looking through the folder is not worth it more often.
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    /// Somebody waits for room meanwhile, and a bucket takes its time to say what it holds.
    private static final long LONGEST = Duration.ofSeconds(10).toNanos();

    private static final int AT_ONCE = 10_000;
    private static final long MOST_LEFT_FREE = 2L << 30;

    private final Journal journal;
    private final MediaFolder folder;
    private final Optional<MediaBytes> shared;
    private final Disk disk;
    private final InstantSource clock;
    private final AtomicLong looked = new AtomicLong(System.nanoTime() - PAUSE);

    /// How much room there is.
    interface Disk {

        long free() throws IOException;

        /// As much is to stay free.
        long floor() throws IOException;

        /// The one on which a folder lies: a tenth of it stays free, or two gigabytes.
        static Disk of(Path folder) throws IOException {
            FileStore store = Files.getFileStore(folder);
            return new Disk() {
                @Override
                public long free() throws IOException {
                    return store.getUsableSpace();
                }

                @Override
                public long floor() throws IOException {
                    return Math.min(store.getTotalSpace() / 10, MOST_LEFT_FREE);
                }
            };
        }
    }

    private record Old(MediaId media, Instant since) {}

    /// @param shared where files are as well; empty: nowhere
    Trimming(
            Journal journal,
            MediaFolder folder,
            Optional<MediaBytes> shared,
            Disk disk,
            InstantSource clock) {
        this.journal = journal;
        this.folder = folder;
        this.shared = shared;
        this.disk = disk;
        this.clock = clock;
    }

    /// Something of so many bytes is about to come.
    void makeRoom(long bytes) throws IOException {
        if (shared.isEmpty()) {
            return;
        }
        long wanted = disk.floor() + bytes;
        if (disk.free() >= wanted) {
            return;
        }
        long before = looked.get();
        if (System.nanoTime() - before < PAUSE
                || !looked.compareAndSet(before, System.nanoTime())) {
            return;
        }
        int gone = letGo(wanted, shared.get());
        LOG.info("the disk is short: {} files of media are left to the shared place alone", gone);
    }

    /// Where the shared place cannot say what it holds all that is left stays; what is about to
    /// come may have room below the floor.
    private int letGo(long wanted, MediaBytes shared) throws IOException {
        long begun = System.nanoTime();
        int gone = 0;
        try {
            for (Old old : oldest()) {
                if (disk.free() >= wanted || System.nanoTime() - begun > LONGEST) {
                    break;
                }
                Optional<MediaBytes.Content> elsewhere = elsewhere(old.media(), shared);
                if (elsewhere.isPresent()) {
                    folder.letGo(old.media(), elsewhere.get().sha256());
                    gone++;
                }
            }
        } catch (JournalUnavailable away) {
            LOG.info("what else could be let go is not known now: {}", away.getMessage());
        }
        return gone;
    }

    private Optional<MediaBytes.Content> elsewhere(MediaId id, MediaBytes shared) {
        return journal.media()
                .byId(id)
                .filter(media -> media.state() == MediaRecords.State.STORED)
                .map(media ->
                        new MediaBytes.Content(
                                id, Objects.requireNonNull(media.sha256()), media.bytes()))
                .filter(shared::holds);
    }

    private List<Old> oldest() throws IOException {
        Instant before = clock.instant().minus(FRESH);
        try (Stream<Path> files = Files.walk(folder.names(), 2)) {
            return files.filter(Files::isRegularFile)
                    .flatMap(Trimming::old)
                    .filter(old -> old.since().isBefore(before))
                    .sorted(Comparator.comparing(Old::since))
                    .limit(AT_ONCE)
                    .toList();
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private static Stream<Old> old(Path name) {
        try {
            return Stream.of(
                    new Old(
                            MediaId.of(String.valueOf(name.getFileName())),
                            Files.getLastModifiedTime(name).toInstant()));
        } catch (IOException | IllegalArgumentException goneOrNotOurs) {
            return Stream.empty();
        }
    }
}
