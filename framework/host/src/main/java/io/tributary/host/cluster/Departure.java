package io.tributary.host.cluster;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leaves within a time, whatever the grid does meanwhile.
final class Departure {

    private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

    private Departure() {}

    /// Leaves in order, for which there are four fifths of the time, and by force then, also where
    /// the first went well: what is gone already does not mind.
    static void within(Duration most, Runnable inOrder, Runnable byForce) {
        boolean interrupted = Thread.interrupted();
        Duration last = most.dividedBy(5);
        interrupted |= waits("grid-leaving", inOrder, most.minus(last));
        interrupted |= waits("grid-ending", byForce, last);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return whether somebody does not want to wait any longer
    private static boolean waits(String name, Runnable work, Duration most) {
        Thread thread = Thread.ofPlatform().daemon().name(name).start(() -> attempt(name, work));
        try {
            if (!thread.join(most)) {
                LOG.warn("the grid does not let go in time; going on without it step={}", name);
            }
            return false;
        } catch (InterruptedException _) {
            return true;
        }
    }

    private static void attempt(String name, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            LOG.debug("step={} failure={}", name, failure.getClass().getName());
        }
    }
}
