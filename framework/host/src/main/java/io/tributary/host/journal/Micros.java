package io.tributary.host.journal;

import java.time.Instant;

/// Instants as the tables keep them: microseconds since 1970, cut off below. What lies further away
/// than fits into a long is kept as the furthest that fits.
final class Micros {

    private static final long SECOND = 1_000_000L;

    private Micros() {}

    static long of(Instant instant) {
        long seconds = instant.getEpochSecond();
        if (seconds >= Long.MAX_VALUE / SECOND) {
            return Long.MAX_VALUE;
        }
        if (seconds <= Long.MIN_VALUE / SECOND) {
            return Long.MIN_VALUE;
        }
        return seconds * SECOND + instant.getNano() / 1000;
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, SECOND), Math.floorMod(micros, SECOND) * 1000L);
    }
}
