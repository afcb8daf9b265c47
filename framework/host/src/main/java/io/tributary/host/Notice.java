package io.tributary.host;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The first thing a member does that is told to stop: it says that it leaves, gives what it runs
/// to the others, and takes what still comes until whatever stands in front had time to notice.
///
/// Only then anything is refused. So a front that follows `/health/ready` sends nothing to a member
/// that would refuse it, and nothing over a connection that is just being closed: of what was sent
/// there, nobody could tell whether it was taken.
///
/// @param time nothing for a member that is alone: nobody would take its place
/// @param most that leaving what it runs may take
record Notice(Readiness readiness, Sharing sharing, Duration time, Supplier<Duration> most)
        implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notice.class);
    private static final Duration LITTLE = Duration.ofSeconds(1);

    /// That it takes at the most, and a little for who is slow.
    Duration atMost() {
        Duration leaving = most.get();
        return (time.compareTo(leaving) > 0 ? time : leaving).plus(LITTLE);
    }

    @Override
    public void close() {
        long begin = System.nanoTime();
        readiness.leaving();
        sharing.drain(most.get());
        Duration left = time.minusNanos(System.nanoTime() - begin);
        if (left.isPositive()) {
            try {
                Thread.sleep(left);
            } catch (InterruptedException _) {
                // whoever is in a hurry goes without notice; what follows is closed as ever
                LOG.info("leaving without further notice");
            }
        }
    }
}
