package io.tributary.host;

import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Outbox.State;
import java.time.Duration;
import java.util.Map;

/// How many sends are in which state: one reading for all that a scrape asks for. Thread safe;
/// blocking.
final class PendingSends {

    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final Outbox outbox;
    private Map<State, Long> counts = Map.of();
    private long readAt = System.nanoTime() - FRESH;

    PendingSends(Outbox outbox) {
        this.outbox = outbox;
    }

    synchronized long of(State state) {
        if (System.nanoTime() - readAt >= FRESH) {
            counts = outbox.counts();
            readAt = System.nanoTime();
        }
        return counts.getOrDefault(state, 0L);
    }
}
