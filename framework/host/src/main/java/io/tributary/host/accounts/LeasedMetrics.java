package io.tributary.host.accounts;

import io.tributary.spi.Metrics;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// An account's figures, with names that the host can show and no more of them than it can keep.
final class LeasedMetrics implements Metrics {

    private static final int MOST_NAMES = 64;
    private static final int LONGEST_NAME = 100;

    private final Metrics metrics;
    private final Lease lease;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    LeasedMetrics(Metrics metrics, Lease lease) {
        this.metrics = metrics;
        this.lease = lease;
    }

    @Override
    public void count(String name, long by) {
        lease.check();
        if (by < 0) {
            throw new IllegalArgumentException("a counter only grows: " + name);
        }
        known(name);
        metrics.count(name, by);
    }

    @Override
    public void time(String name, Duration took) {
        lease.check();
        known(name);
        metrics.time(name, took);
    }

    private void known(String name) {
        if (names.contains(name)) {
            return;
        }
        if (!wellFormed(name)) {
            throw new IllegalArgumentException(
                    "a figure's name is lower-case words joined by dots, such as segments.sent");
        }
        if (names.size() >= MOST_NAMES) {
            throw new IllegalArgumentException(
                    "more than " + MOST_NAMES + " figures for one account: use fewer names");
        }
        names.add(name);
    }

    private static boolean wellFormed(String name) {
        boolean fits = !name.isEmpty() && name.length() <= LONGEST_NAME;
        char before = '.';
        for (int i = 0; fits && i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9' && before != '.');
            fits = letter || (c == '.' && before != '.');
            before = c;
        }
        return fits && before != '.';
    }
}
