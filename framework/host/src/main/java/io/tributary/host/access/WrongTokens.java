package io.tributary.host.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts wrong tokens per address: twenty a minute, then whoever guesses has to wait.
final class WrongTokens {

    private static final int ALLOWED = 20;
    private static final long WINDOW_MILLIS = 60_000;
    private static final int MOST = 50_000;

    private final InstantSource clock;
    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    private record Count(long since, int wrong) {}

    WrongTokens(InstantSource clock) {
        this.clock = clock;
    }

    void came(String remote) {
        long now = clock.millis();
        if (counts.size() >= MOST) {
            counts.values().removeIf(count -> now - count.since() > WINDOW_MILLIS);
        }
        if (counts.size() >= MOST) {
            counts.clear();
        }
        counts.compute(
                key(remote),
                (_, count) ->
                        count == null || now - count.since() > WINDOW_MILLIS
                                ? new Count(now, 1)
                                : new Count(count.since(), count.wrong() + 1));
    }

    boolean tooMany(String remote) {
        Count count = counts.get(key(remote));
        return count != null
                && count.wrong() >= ALLOWED
                && clock.millis() - count.since() <= WINDOW_MILLIS;
    }

    Duration wait(String remote) {
        Count count = counts.get(key(remote));
        long left = count == null ? 0 : count.since() + WINDOW_MILLIS - clock.millis();
        return Duration.ofMillis(Math.max(1_000, left));
    }

    /// One line has a whole /64 of IPv6 addresses.
    private static String key(String remote) {
        int colons = 0;
        for (int i = 0; i < remote.length(); i++) {
            if (remote.charAt(i) == ':' && ++colons == 4) {
                return remote.substring(0, i);
            }
        }
        return remote;
    }
}
