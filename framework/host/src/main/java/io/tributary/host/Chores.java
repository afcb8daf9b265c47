package io.tributary.host;

import io.tributary.host.configuration.Configuration;
import io.tributary.host.inbound.Sweep;
import io.tributary.host.journal.Journal;
import io.tributary.host.media.Orphans;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has to be done from time to time: parked targets that nobody asked for, old interactions,
/// files that nobody refers to.
final class Chores implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("chores").factory());

    Chores(
            Journal journal,
            Sweep sweep,
            Orphans orphans,
            Configuration.Log log,
            InstantSource clock) {
        every(1, "sweep", sweep::sweep);
        every(60, "orphans", orphans::clean);
        var retention = log.retention();
        if (retention != null) {
            every(10, "retention", () -> journal.dropBefore(clock.instant().minus(retention)));
        }
    }

    @FunctionalInterface
    private interface Chore {
        int run() throws Exception;
    }

    private void every(long minutes, String name, Chore chore) {
        var _ =
                clockwork.scheduleWithFixedDelay(
                        () -> run(name, chore), minutes, minutes, TimeUnit.MINUTES);
    }

    private static void run(String name, Chore chore) {
        try {
            int done = chore.run();
            if (done > 0) {
                LOG.info("{}: {}", name, done);
            }
        } catch (Exception | Error failure) {
            // whatever it is: a chore that throws would never run again
            LOG.warn("{} failed and is tried again: {}", name, failure.toString());
        }
    }

    @Override
    public void close() {
        clockwork.shutdownNow();
    }
}
