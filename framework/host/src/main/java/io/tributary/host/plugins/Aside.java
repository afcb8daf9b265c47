package io.tributary.host.plugins;

import io.tributary.model.PluginVersion;
import java.time.Duration;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what may run code of a plugin outside of its calls: on a thread of its own and for so long,
/// since a method that a plugin has overridden may hang or throw whatever it likes.
final class Aside {

    private static final Logger LOG = LoggerFactory.getLogger(Aside.class);

    /// Far more than it takes where nobody means harm.
    static final Duration LIMIT = Duration.ofSeconds(5);

    private Aside() {}

    /// Does the work and waits for it, but not longer than the limit. What it throws is told in the
    /// log.
    ///
    /// @param what as messages have it: "taking … out"
    static void run(PluginVersion plugin, String what, Runnable work) {
        var thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("leaving " + plugin)
                        .inheritInheritableThreadLocals(false)
                        .unstarted(() -> guarded(plugin, what, work));
        thread.setContextClassLoader(Aside.class.getClassLoader());
        thread.start();
        if (ended(thread)) {
            return;
        }
        var at = at(thread);
        thread.interrupt();
        LOG.error(
                "plugin {}: {} was given up after {} s, its own code holds it up at {}; its memory is"
                        + " most likely lost until this member restarts",
                plugin,
                what,
                LIMIT.toSeconds(),
                at);
    }

    /// The first place that is not in the JDK.
    private static String at(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .filter(frame -> frame.getModuleName() == null)
                .map(StackTraceElement::toString)
                .findFirst()
                .orElse("?");
    }

    private static void guarded(PluginVersion plugin, String what, Runnable work) {
        try {
            work.run();
        } catch (Throwable anything) {
            LOG.warn("plugin {}: {} failed with {}", plugin, what, anything.getClass().getName());
        }
    }

    /// Who closes a plugin is often interrupted already, and what is done here is needed all the
    /// more then.
    private static boolean ended(Thread thread) {
        long until = System.nanoTime() + LIMIT.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return thread.join(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
