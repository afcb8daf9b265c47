package io.tributary.host.agents;

import io.tributary.host.journal.LogReader;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/// Writes and reads cursors: opaque text for a place in the stream of one log.
///
/// A cursor names the log (so that one from elsewhere is refused and not silently misread), its
/// timeline (raised when a restore may have given positions to other interactions), the position up
/// to which its reader has seen everything, and a checksum against mangling. Thread safe.
public final class Cursors {

    /// Identity, timeline, position and checksum: 24 bytes, which base64 needs no padding for.
    private static final int BYTES = 24;

    private static final int TEXT = 32;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final LogReader log;

    /// What a cursor turned out to be.
    public sealed interface Parsed {

        /// Valid.
        ///
        /// @param position everything up to it was seen
        record At(long position) implements Parsed {}

        /// Of another deployment, or mangled.
        record Bad(String why) implements Parsed {}

        /// Older than what is kept, or of a time that a restore took back.
        ///
        /// @param oldest the oldest cursor that is valid
        record Expired(String oldest) implements Parsed {}
    }

    /// What a log kept at some moment.
    ///
    /// @param least the oldest position that a reader can go on from
    /// @param head the last position, or one before it
    public record Kept(long least, long head) {}

    /// Cursors of one log.
    public Cursors(LogReader log) {
        this.log = log;
    }

    /// The cursor of whoever has seen everything up to a position; 0 for the beginning.
    public String of(long position) {
        return of(position, log.timeline());
    }

    /// The cursor of whoever has seen everything up to a position of that timeline.
    public String of(long position, int timeline) {
        var bytes =
                ByteBuffer.allocate(BYTES)
                        .putLong(log.identity())
                        .putInt(timeline)
                        .putLong(position);
        bytes.putInt(checksum(bytes.array()));
        return new String(
                ENCODER.encode(bytes.array()), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /// The cursor of whoever wants only what comes.
    public String now() {
        return of(log.head());
    }

    /// The oldest cursor from which nothing is missing.
    public String oldest() {
        return of(Math.max(0, log.oldest() - 1));
    }

    /// Reads what a client sent; whatever it is.
    public Parsed parse(String text) {
        return parse(text, kept(0));
    }

    /// Reads one of many, for all of which the log was looked at once.
    public Parsed parse(String text, Kept kept) {
        if (text.length() != TEXT) {
            return new Parsed.Bad("it is not as long as cursors are");
        }
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(DECODER.decode(text));
        } catch (IllegalArgumentException _) {
            return new Parsed.Bad("it has characters that cursors do not have");
        }
        // Padding stands for less than there should be.
        if (bytes.remaining() != BYTES) {
            return new Parsed.Bad("it was cut off");
        }
        if (bytes.getInt(BYTES - 4) != checksum(bytes.array())) {
            return new Parsed.Bad("it was changed on its way");
        }
        return place(bytes.getLong(0), bytes.getInt(8), bytes.getLong(12), kept);
    }

    /// What the log keeps now.
    public Kept kept() {
        return kept(log.head());
    }

    /// @param head up to here at least
    private Kept kept(long head) {
        return new Kept(Math.max(0, log.oldest() - 1), head);
    }

    /// The position of a cursor that must be valid.
    ///
    /// @throws Refusal it is not
    public long need(String text) {
        return position(parse(text));
    }

    /// The position of a cursor that only says where a list goes on: it may be older than what the
    /// log keeps, as what is listed may be.
    ///
    /// @throws Refusal it is none of this deployment
    public long needPlace(String text) {
        return position(parse(text, new Kept(0, 0)));
    }

    private static long position(Parsed parsed) {
        return switch (parsed) {
            case Parsed.At at -> at.position();
            case Parsed.Bad bad ->
                    throw new Refusal(
                            Refusal.Why.BAD_CURSOR, "the cursor cannot be used: " + bad.why());
            case Parsed.Expired expired -> throw Refusal.expired(expired.oldest());
        };
    }

    private Parsed place(long identity, int timeline, long position, Kept kept) {
        if (identity != log.identity()) {
            return new Parsed.Bad("it is of another deployment");
        }
        int current = log.timeline();
        if (timeline > current || position < 0) {
            return new Parsed.Bad(
                    "it is of a later state of this deployment than the one that is running");
        }
        if (timeline == current && position > kept.head() && isAhead(position)) {
            return new Parsed.Bad("it is beyond the end of the stream");
        }
        if (position < kept.least()) {
            return new Parsed.Expired(oldest());
        }
        long common = timeline == current ? position : log.lastCommon(timeline);
        if (common < 0) {
            return new Parsed.Bad("it is of a state of this deployment that never was");
        }
        return position > common
                ? new Parsed.Expired(of(Math.max(common, log.oldest() - 1)))
                : new Parsed.At(position);
    }

    /// Readings of the log may show what was committed a moment before the head tells it: whoever
    /// was shown that may go on from there.
    private boolean isAhead(long position) {
        return position > log.head() && log.at(position).isEmpty();
    }

    private static int checksum(byte[] bytes) {
        var sum = new CRC32C();
        sum.update(bytes, 0, BYTES - 4);
        return (int) sum.getValue();
    }
}
