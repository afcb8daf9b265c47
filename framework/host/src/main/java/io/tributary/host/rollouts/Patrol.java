package io.tributary.host.rollouts;

import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.plugins.Plugins;
import io.tributary.host.rollouts.RolloutRefused.Why;
import io.tributary.model.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at how versions do and at what is dropped into the folder, again and again, on two threads
/// of its own: a jar that is tried for minutes keeps no version from being taken back.
final class Patrol implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Patrol.class);

    private final PluginsFolder folder;
    private final Plugins plugins;
    private final ScheduledExecutorService clockwork =
            Executors.newScheduledThreadPool(
                    2, Thread.ofPlatform().daemon().name("rollouts").factory());

    /// @param plugins where refusals are noted
    Patrol(PluginsFolder folder, Plugins plugins) {
        this.folder = folder;
        this.plugins = plugins;
    }

    /// Looks once.
    @FunctionalInterface
    interface Look {
        void run() throws InterruptedException, IOException;
    }

    /// Takes up what was dropped.
    @FunctionalInterface
    interface Install {
        void of(Bytes file, String name) throws RolloutRefused, InterruptedException;
    }

    void every(Duration pause, String complaint, Look look) {
        var _ =
                clockwork.scheduleWithFixedDelay(
                        guarded(complaint, look),
                        pause.toNanos(),
                        pause.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private static Runnable guarded(String complaint, Look look) {
        var away = new AtomicBoolean();
        return () -> {
            try {
                look.run();
                away.set(false);
            } catch (InterruptedException leaving) {
                Thread.currentThread().interrupt();
            } catch (JournalUnavailable unavailable) {
                if (away.compareAndSet(false, true)) {
                    LOG.warn("{}: {}", complaint, unavailable.getMessage());
                }
            } catch (Exception | Error failure) {
                // whatever it is: nobody would ever look again
                LOG.error("{}, trying again", complaint, failure);
            }
        };
    }

    /// Looks once more, soon.
    void soon(String complaint, Look look) {
        try {
            clockwork.execute(guarded(complaint, look));
        } catch (RejectedExecutionException leaving) {
            LOG.debug("no look any more", leaving);
        }
    }

    void lookIntoFolder(Install install) throws IOException, InterruptedException {
        var look = folder.next();
        look.gone().forEach(name -> plugins.refused(name, null));
        for (var found : look.found()) {
            var bytes = found.bytes();
            if (bytes == null) {
                plugins.refused(found.name(), found.problem());
            } else {
                take(bytes, found.name(), install);
            }
        }
    }

    private void take(Bytes bytes, String name, Install install) throws InterruptedException {
        boolean done = false;
        try {
            install.of(bytes, name);
            plugins.refused(name, null);
            done = true;
        } catch (RolloutRefused refused) {
            done = refused.why() != Why.WATCHED;
            if (done) {
                LOG.warn("plugin {} was refused: {}", name, refused.getMessage());
                plugins.refused(name, refused.getMessage());
            }
        } catch (JournalUnavailable unavailable) {
            LOG.warn("plugin {} is taken up later: {}", name, unavailable.getMessage());
        } catch (RuntimeException failure) {
            LOG.error("plugin {} could not be taken up, trying again", name, failure);
        } finally {
            if (!done) {
                folder.again(name);
            }
        }
    }

    @Override
    public void close() {
        clockwork.shutdownNow();
    }
}
