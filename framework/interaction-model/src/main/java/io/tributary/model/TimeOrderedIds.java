package io.tributary.model;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Makes ids that sort by the time they were made (UUID version 7, RFC 9562).
///
/// Thread safe; every id of one maker is greater than the one before, also within a millisecond and
/// when the clock steps back. A member keeps one maker for its life.
///
/// The first 60 free bits are the millisecond and a counter, advanced by one compare-and-set. The
/// other 62 are a hash of them under a random key of this maker. That costs no lock and no call of
/// a secure random per id, yet two makers meet only where they are at the same millisecond and
/// count and 62 random bits agree. Ids are therefore unique, but not secret: who has seen some may
/// guess others, so an id never stands for a permission.
public final class TimeOrderedIds {

    private static final int COUNTER_BITS = 12;
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_ROOM = 0x3FFF_FFFF_FFFF_FFFFL;

    private final InstantSource clock;
    private final AtomicLong last = new AtomicLong();
    private final long key;
    private final long secondKey;

    /// A maker that reads the given clock, by the millisecond.
    public TimeOrderedIds(InstantSource clock) {
        this.clock = Check.given(clock, "the clock");
        var random = new SecureRandom();
        this.key = random.nextLong();
        this.secondKey = random.nextLong();
    }

    /// A maker that reads the system's clock.
    public static TimeOrderedIds system() {
        return new TimeOrderedIds(InstantSource.system());
    }

    /// The next id of an interaction.
    public InteractionId interaction() {
        return new InteractionId(next());
    }

    /// The next id of a conversation.
    public ConversationId conversation() {
        return new ConversationId(next());
    }

    /// The next id of a customer.
    public CustomerId customer() {
        return new CustomerId(next());
    }

    /// The next id of a stored medium.
    public MediaId media() {
        return new MediaId(next());
    }

    /// The next id, for what has no type of its own.
    public UUID next() {
        long moment = advance();
        long high = ((moment >>> COUNTER_BITS) << 16) | VERSION | (moment & 0xFFF);
        return new UUID(high, VARIANT | (hash(moment) & VARIANT_ROOM));
    }

    /// Compares as the text forms do; `UUID.compareTo` takes the halves as signed numbers.
    static int compare(UUID left, UUID right) {
        int high =
                Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(
                        left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }

    /// Millisecond and counter in one number. More than 4,096 ids in a millisecond run into the
    /// next one, as the RFC allows.
    private long advance() {
        while (true) {
            long before = last.get();
            long after = Math.max(before + 1, clock.millis() << COUNTER_BITS);
            if (last.compareAndSet(before, after)) {
                return after;
            }
        }
    }

    private long hash(long moment) {
        return mix(mix(moment ^ key) + secondKey);
    }

    /// The finalizer of SplitMix64: every input bit reaches every output bit.
    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ (mixed >>> 31);
    }
}
