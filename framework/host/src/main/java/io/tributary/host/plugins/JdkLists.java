package io.tributary.host.plugins;

import io.tributary.model.PluginVersion;
import java.beans.Introspector;
import java.lang.management.ManagementFactory;
import java.security.Provider;
import java.security.Security;
import java.util.ResourceBundle;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.LoggerFactory;

/// The JDK's own lists and caches that may point to classes of a plugin, and would keep them in
/// memory after the plugin was closed.
final class JdkLists {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(JdkLists.class);

    private final PluginVersion plugin;
    private final ClassLoader loader;

    private JdkLists(PluginVersion plugin, ClassLoader loader) {
        this.plugin = plugin;
        this.loader = loader;
    }

    /// Takes out what is of this loader. That may run code of the plugin; what such code throws
    /// keeps nothing else from being taken out.
    static void forget(PluginVersion plugin, ClassLoader loader) {
        var lists = new JdkLists(plugin, loader);
        lists.take("a resource bundle", () -> ResourceBundle.clearCache(loader));
        lists.take("a bean's description", JdkLists::beans);
        lists.take("an exception handler", lists::handler);
        lists.logged();
        lists.provided();
        // last, since these have methods that are meant for this moment
        lists.managed();
    }

    /// One thing that is taken out.
    @FunctionalInterface
    private interface Step {

        void run() throws Exception;
    }

    private void take(String what, Step step) {
        try {
            step.run();
        } catch (Throwable anything) {
            LOG.warn(
                    "plugin {}: {} of it could not be taken out of a list of the JDK: {}",
                    plugin,
                    what,
                    anything.getClass().getName());
        }
    }

    private void handler() {
        var last = Thread.getDefaultUncaughtExceptionHandler();
        if (last != null && isOf(last)) {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
    }

    /// There is a cache for each group of threads, and calls of plugins run in that of virtual
    /// ones.
    private static void beans() throws InterruptedException {
        Introspector.flushCaches();
        Thread.ofVirtual().name("bean-caches").start(Introspector::flushCaches).join();
    }

    private void managed() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(null, null)) {
            take("the managed bean " + name.getDomain(), () -> unregister(server, name));
        }
    }

    private void unregister(MBeanServer server, ObjectName name) throws JMException {
        try {
            if (loader.equals(server.getClassLoaderFor(name))) {
                server.unregisterMBean(name);
                LOG.info("the managed bean {} went with its plugin", name.getDomain());
            }
        } catch (InstanceNotFoundException gone) {
            // somebody else took it out meanwhile
            LOG.debug("a managed bean was gone already", gone);
        }
    }

    private void logged() {
        LogManager manager = LogManager.getLogManager();
        var names = manager.getLoggerNames();
        while (names.hasMoreElements()) {
            Logger logger = manager.getLogger(names.nextElement());
            if (logger != null) {
                take("a handler of log lines", () -> clean(logger));
            }
        }
    }

    private void clean(Logger logger) {
        for (Handler handler : logger.getHandlers()) {
            if (isOf(handler)) {
                logger.removeHandler(handler);
            }
        }
        var filter = logger.getFilter();
        if (filter != null && isOf(filter)) {
            logger.setFilter(null);
        }
        Level level = logger.getLevel();
        if (level != null && isOf(level)) {
            logger.setLevel(null);
        }
    }

    private void provided() {
        for (Provider provider : Security.getProviders()) {
            if (isOf(provider)) {
                take("a security provider", () -> Security.removeProvider(provider.getName()));
            }
        }
    }

    private boolean isOf(Object object) {
        return loader.equals(object.getClass().getClassLoader());
    }
}
