package io.tributary.host.inbound;

import java.time.Duration;
import java.time.Instant;

/// Reckons with times that plugins choose.
final class Times {

    /// Longer than anything lasts, and short enough that no instant overflows.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Times() {}

    static Instant after(Instant time, Duration span) {
        return time.plus(span.compareTo(LONGEST) > 0 ? LONGEST : span);
    }
}
