package io.tributary.host.inbound;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Wakes one who waits. Rung while nobody waits, it is heard by the next who does. Thread safe.
final class Bell {

    private final Semaphore rings = new Semaphore(0);

    void ring() {
        if (rings.availablePermits() == 0) {
            rings.release();
        }
    }

    /// Waits for a ring, but not longer than this.
    void await(Duration most) throws InterruptedException {
        if (rings.tryAcquire(Math.max(0, most.toMillis()), TimeUnit.MILLISECONDS)) {
            rings.drainPermits();
        }
    }
}
