package io.tributary.host.outbound;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that moves when it is told to.
final class ManualClock implements InstantSource {

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));

    @Override
    public Instant instant() {
        return now.get();
    }

    void set(Instant moment) {
        now.set(moment);
    }

    void advance(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
