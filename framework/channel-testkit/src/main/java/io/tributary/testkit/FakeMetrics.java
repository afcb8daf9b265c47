package io.tributary.testkit;

import io.tributary.spi.Metrics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counters in memory.
final class FakeMetrics implements Metrics {

    private final Map<String, Long> counts = new ConcurrentHashMap<>();

    @Override
    public void count(String name, long by) {
        if (by < 0) {
            throw new IllegalArgumentException("a counter only grows");
        }
        counts.merge(name, by, Long::sum);
    }

    @Override
    public void time(String name, Duration took) {
        counts.merge(name, 1L, Long::sum);
    }

    Map<String, Long> counts() {
        return Map.copyOf(counts);
    }
}
