package io.tributary.host.outbound;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What is to be done at which time. For one thread.
final class Timers {

    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparing(Timer::at));

    private record Timer(Instant at, Runnable action) {}

    void at(Instant when, Runnable action) {
        timers.add(new Timer(when, action));
    }

    void runDue(Instant now) {
        while (!timers.isEmpty() && !timers.element().at().isAfter(now)) {
            timers.remove().action().run();
        }
    }

    @Nullable Instant next() {
        var first = timers.peek();
        return first == null ? null : first.at();
    }
}
