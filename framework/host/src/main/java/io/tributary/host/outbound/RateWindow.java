package io.tributary.host.outbound;

import io.tributary.spi.Capabilities.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// At most so many permits in any stretch of so much time, exactly: the times of the last permits
/// are kept, and the next is free when the oldest of them is far enough in the past.
///
/// A high rate is cut into equal pieces, so that the memory is bounded. For one thread at a time.
final class RateWindow {

    /// How many times are kept at the most.
    private static final int MOST_TIMES = 1_000;

    /// What a member before this one may have spent without our knowing is counted as spent, for
    /// rates up to this time; to wait longer would cost more than it saves.
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final Instant[] taken;
    private final Duration per;
    private int oldest;

    RateWindow(Rate rate, Instant began) {
        int pieces = (rate.permits() + MOST_TIMES - 1) / MOST_TIMES;
        this.taken = new Instant[Math.max(1, rate.permits() / pieces)];
        this.per = rate.per().dividedBy(pieces);
        Arrays.fill(taken, rate.per().compareTo(REMEMBERED) > 0 ? Instant.EPOCH : began);
    }

    /// From when on a permit is free.
    Instant freeAt() {
        return taken[oldest].plus(per);
    }

    void take(Instant now) {
        taken[oldest] = now;
        oldest = (oldest + 1) % taken.length;
    }

    /// Whether it remembers nothing that counts.
    boolean isIdle(Instant now) {
        return taken[(oldest + taken.length - 1) % taken.length].plus(per).isBefore(now);
    }
}
