package io.tributary.host.plugins;

import io.tributary.host.calls.Quarantine;
import io.tributary.host.calls.Watchdog;
import io.tributary.model.PluginVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The platform threads that a plugin has started itself, and the lines that it logs: what is
/// looked at each second, beside its calls. A thread inherits the context class loader of who
/// starts it, and that tells them. Virtual threads are in no list of the JDK's.
///
/// Most methods of a thread can be overridden, that one too: a thread whose class is not the host's
/// or the JDK's is known by its class and never asked, since the watchdog would be the one to hang.
final class OwnThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnThreads.class);

    /// A client library or two may have their threads; more than this are started and not ended.
    static final int MOST = 64;

    /// Looks in a row, about a second each.
    private static final int FLOODS = 3;

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
        if (loader.conduct().floods() >= FLOODS) {
            shutOut("it writes thousands of lines into the log each second");
        }
        int now = all().size();
        if (now > MOST) {
            shutOut("it has " + now + " threads of its own, at most " + MOST + " are borne");
        }
    }

    private void shutOut(String what) {
        if (quarantine.enter(what)) {
            LOG.error("plugin {}: {}", plugin, quarantine.why().orElse(""));
        }
    }

    /// Looks after them no more.
    @Override
    public void close() {
        try {
            watched.close();
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
        loader.conduct().tellDropped();
    }

    /// Names those that are left and interrupts them, which may run code of the plugin.
    void interrupt() {
        var left = all();
        if (left.isEmpty()) {
            return;
        }
        LOG.warn(
                "plugin {}: {} threads that it started itself still run when it is closed and are"
                        + " interrupted: {}",
                plugin,
                left.size(),
                left.stream().limit(NAMED).map(OwnThreads::shown).toList());
        // its own classes last: the method of one of them may hold up who calls it
        left.sort(Comparator.comparing(thread -> isBelow(thread.getClass().getClassLoader())));
        left.forEach(this::interrupt);
    }

    private void interrupt(Thread thread) {
        try {
            thread.interrupt();
        } catch (Throwable anything) {
            LOG.warn(
                    "plugin {}: its thread {} does not let itself be interrupted: {}",
                    plugin,
                    shown(thread),
                    anything.getClass().getName());
        }
    }

    private static String shown(Thread thread) {
        var name = thread.getName();
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }

    /// Without a call of what a plugin could have overridden.
    private List<Thread> all() {
        var mine = new ArrayList<Thread>();
        for (var thread : running()) {
            if (thread != null && isMine(thread)) {
                mine.add(thread);
            }
        }
        return mine;
    }

    private boolean isMine(Thread thread) {
        var code = thread.getClass().getClassLoader();
        return isBelow(code) || (isOfHost(code) && isBelow(thread.getContextClassLoader()));
    }

    private boolean isBelow(@Nullable ClassLoader other) {
        return isIn(loader, other);
    }

    private static boolean isOfHost(@Nullable ClassLoader other) {
        return other == null || isIn(other, OwnThreads.class.getClassLoader());
    }

    /// Whether a loader is among another one and those above it.
    @SuppressWarnings("ReferenceEquality") // equals of a plugin's own loader is code of the plugin
    private static boolean isIn(ClassLoader sought, @Nullable ClassLoader lowest) {
        for (var at = lowest; at != null; at = at.getParent()) {
            if (at == sought) {
                return true;
            }
        }
        return false;
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
