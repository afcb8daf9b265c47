package io.tributary.host.plugins;

import io.tributary.host.calls.Quarantine;
import io.tributary.host.calls.Watchdog;
import io.tributary.model.PluginVersion;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The platform threads that a plugin has started itself. A thread inherits the context class
/// loader of who starts it, and that tells them. Virtual threads are in no list of the JDK's.
final class OwnThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnThreads.class);

    /// A client library or two may have their threads; more than this are started and not ended.
    static final int MOST = 64;

    private static final int NAMED = 10;

    private final PluginVersion plugin;
    private final VerifiedLoader loader;
    private final Quarantine quarantine;
    private final AutoCloseable watched;

    private OwnThreads(
            PluginVersion plugin, VerifiedLoader loader, Quarantine quarantine, Watchdog watchdog) {
        this.plugin = plugin;
        this.loader = loader;
        this.quarantine = quarantine;
        this.watched = watchdog.eachSecond(this::look);
    }

    /// Looks after them from now on.
    static OwnThreads watched(
            PluginVersion plugin, VerifiedLoader loader, Quarantine quarantine, Watchdog watchdog) {
        return new OwnThreads(plugin, loader, quarantine, watchdog);
    }

    private void look() {
        loader.conduct().tellDropped();
        int now = all().size();
        if (now > MOST
                && quarantine.enter(
                        "it has " + now + " threads of its own, at most " + MOST + " are borne")) {
            LOG.error("plugin {}: {}", plugin, quarantine.why().orElse(""));
        }
    }

    /// Interrupts those that are left and names them.
    @Override
    public void close() {
        try {
            watched.close();
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
        loader.conduct().tellDropped();
        var left = all();
        left.forEach(Thread::interrupt);
        if (!left.isEmpty()) {
            LOG.warn(
                    "plugin {}: {} threads that it started itself still ran when it was closed and"
                            + " were interrupted: {}",
                    plugin,
                    left.size(),
                    left.stream().limit(NAMED).map(OwnThreads::shown).toList());
        }
    }

    private static String shown(Thread thread) {
        var name = thread.getName();
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }

    private List<Thread> all() {
        var mine = new ArrayList<Thread>();
        for (var thread : running()) {
            if (thread != null
                    && (loader.equals(thread.getContextClassLoader())
                            || loader.equals(thread.getClass().getClassLoader()))) {
                mine.add(thread);
            }
        }
        return mine;
    }

    private static Thread[] running() {
        var top = Thread.currentThread().getThreadGroup();
        for (var above = top; above != null; above = above.getParent()) {
            top = above;
        }
        if (top == null) {
            return new Thread[0];
        }
        var threads = new Thread[top.activeCount() + 32];
        int found = top.enumerate(threads);
        while (found == threads.length) {
            threads = new Thread[2 * threads.length];
            found = top.enumerate(threads);
        }
        return threads;
    }
}
