package io.tributary.webchat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// How often each of many may do something: as often as a time allows at once, and then as fast as
/// it comes again (a token bucket each). Remembers those who did it last. Thread safe.
final class Pace {

    private static final int REMEMBERED = 20_000;

    private final int most;
    private final double perMilli;
    private final InstantSource clock;
    private final Map<String, Bucket> buckets =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /// @param left of what may be done at once
    private record Bucket(double left, Instant at) {}

    /// @param most in the time, 1 or more
    Pace(int most, Duration time, InstantSource clock) {
        this.most = most;
        this.perMilli = (double) most / time.toMillis();
        this.clock = clock;
    }

    /// One does it now, if they may.
    ///
    /// @return zero: they may; else how long until they may
    Duration take(String who) {
        var now = clock.instant();
        synchronized (buckets) {
            var before = buckets.get(who);
            double left =
                    before == null
                            ? most
                            : Math.min(
                                    most,
                                    before.left
                                            + Math.max(
                                                            0,
                                                            Duration.between(before.at, now)
                                                                    .toMillis())
                                                    * perMilli);
            boolean may = left >= 1;
            buckets.put(who, new Bucket(may ? left - 1 : left, now));
            return may ? Duration.ZERO : Duration.ofMillis((long) Math.ceil((1 - left) / perMilli));
        }
    }
}
