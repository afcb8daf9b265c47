package io.tributary.host;

import io.tributary.host.configuration.Configuration;
import io.tributary.host.inbound.Sweep;
import io.tributary.host.journal.Journal;
import io.tributary.host.media.Orphans;
import io.tributary.host.media.StrayObjects;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has to be done from time to time: parked targets that nobody asked for, old interactions,
/// files that nobody refers to, a word about new dead letters.
final class Chores implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("chores").factory());

    /// Something that answers how much it did.
    @FunctionalInterface
    interface Chore {
        int run() throws Exception;
    }

    /// Those of a member.
    static Chores of(
            Journal journal,
            Sweep sweep,
            Orphans orphans,
            Configuration configuration,
            InstantSource clock) {
        var chores = new Chores();
        chores.every(Duration.ofMinutes(1), "sweep", sweep::sweep);
        chores.every(
                Duration.ofMinutes(1), "dead letters", new DeadLetterWatch(journal.deadLetters()));
        chores.every(Duration.ofHours(1), "orphans", orphans::clean);
        var keep = configuration.traces().keep();
        chores.every(
                Duration.ofMinutes(10),
                "traces",
                () -> journal.traces().dropBefore(clock.instant().minus(keep)));
        var retention = configuration.log().retention();
        if (retention != null) {
            chores.every(
                    Duration.ofMinutes(10),
                    "retention",
                    () -> journal.dropBefore(clock.instant().minus(retention)));
        }
        return chores;
    }

    /// Those of a bucket, which nothing else is to wait for: it may hold a million objects.
    static Chores of(StrayObjects strays) {
        var chores = new Chores();
        chores.every(Duration.ofHours(6), "objects without media", strays::clean);
        return chores;
    }

    /// Does it again and again, with this pause before each time.
    void every(Duration pause, String name, Chore chore) {
        var _ =
                clockwork.scheduleWithFixedDelay(
                        () -> run(name, chore),
                        pause.toMillis(),
                        pause.toMillis(),
                        TimeUnit.MILLISECONDS);
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
