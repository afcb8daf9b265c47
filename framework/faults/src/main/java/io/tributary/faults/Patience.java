package io.tributary.faults;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/// Waits, but not for ever.
///
/// Time is counted in short stretches, each at most once: a machine that sleeps meanwhile, or a
/// process that is stopped, has not used it up when it wakes.
final class Patience {

    private static final long STRETCH = TimeUnit.SECONDS.toNanos(1);

    private Patience() {}

    /// @param changed signalled whenever `reached` may have changed; its lock is held
    /// @return false: the time was over before
    static boolean until(BooleanSupplier reached, Condition changed, Duration most)
            throws InterruptedException {
        long left = most.toNanos();
        while (!reached.getAsBoolean() && left > 0) {
            long stretch = Math.min(STRETCH, left);
            left -= stretch - Math.max(0, changed.awaitNanos(stretch));
        }
        return reached.getAsBoolean();
    }

    /// @return false: the time was over before
    static boolean untilEnded(Thread thread, Duration most) throws InterruptedException {
        for (long stretches = most.toSeconds(); stretches > 0; stretches--) {
            if (thread.join(Duration.ofNanos(STRETCH))) {
                return true;
            }
        }
        return false;
    }
}
