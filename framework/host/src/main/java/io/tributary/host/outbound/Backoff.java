package io.tributary.host.outbound;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait after failures: anything up to a bound that doubles with each of them, so that
/// those who failed together do not come back together.
final class Backoff {

    private static final int MOST_DOUBLINGS = 20;
    private static final Duration LEAST = Duration.ofMillis(50);
    private static final Duration MOST_LATENESS = Duration.ofMillis(500);

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /// @param failures 1 or more
    /// @param atLeast what the provider asked for; zero: nothing
    Duration after(int failures, Duration atLeast) {
        if (atLeast.isPositive()) {
            // Obeyed to within a second, and not by all in the same moment.
            return atLeast.plus(upTo(MOST_LATENESS));
        }
        var bound = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        var jittered = upTo(bound.compareTo(longest) > 0 ? longest : bound);
        return jittered.compareTo(LEAST) < 0 ? LEAST : jittered;
    }

    private Duration upTo(Duration bound) {
        return Duration.ofMillis(random.nextLong(bound.toMillis() + 1));
    }
}
