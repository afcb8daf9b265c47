package io.tributary.host.plugins;

import java.beans.Introspector;
import java.lang.management.ManagementFactory;
import java.security.Provider;
import java.security.Security;
import java.util.ResourceBundle;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.LoggerFactory;

/// The JDK's own lists and caches that may point to classes of a plugin, and would keep them in
/// memory after the plugin was closed.
final class JdkLists {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(JdkLists.class);

    private JdkLists() {}

    /// Takes out what is of this loader.
    static void forget(ClassLoader loader) {
        ResourceBundle.clearCache(loader);
        beans();
        managed(loader);
        logged(loader);
        provided(loader);
        var last = Thread.getDefaultUncaughtExceptionHandler();
        if (last != null && isOf(loader, last)) {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
    }

    /// There is a cache for each group of threads, and calls of plugins run in that of virtual
    /// ones.
    private static void beans() {
        Introspector.flushCaches();
        try {
            Thread.ofVirtual().name("bean-caches").start(Introspector::flushCaches).join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void managed(ClassLoader loader) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(null, null)) {
            try {
                if (loader.equals(server.getClassLoaderFor(name))) {
                    server.unregisterMBean(name);
                    LOG.info("the managed bean {} went with its plugin", name.getDomain());
                }
            } catch (JMException gone) {
                // somebody else took it out meanwhile
                LOG.debug("a managed bean was gone already", gone);
            }
        }
    }

    private static void logged(ClassLoader loader) {
        LogManager manager = LogManager.getLogManager();
        var names = manager.getLoggerNames();
        while (names.hasMoreElements()) {
            Logger logger = manager.getLogger(names.nextElement());
            if (logger != null) {
                clean(logger, loader);
            }
        }
    }

    private static void clean(Logger logger, ClassLoader loader) {
        for (Handler handler : logger.getHandlers()) {
            if (isOf(loader, handler)) {
                logger.removeHandler(handler);
            }
        }
        var filter = logger.getFilter();
        if (filter != null && isOf(loader, filter)) {
            logger.setFilter(null);
        }
        Level level = logger.getLevel();
        if (level != null && isOf(loader, level)) {
            logger.setLevel(null);
        }
    }

    private static void provided(ClassLoader loader) {
        for (Provider provider : Security.getProviders()) {
            if (isOf(loader, provider)) {
                Security.removeProvider(provider.getName());
            }
        }
    }

    private static boolean isOf(ClassLoader loader, Object object) {
        return loader.equals(object.getClass().getClassLoader());
    }
}
