package io.tributary.testkit;

import java.lang.management.ManagementFactory;
import java.security.Security;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/// Who keeps a loader's classes in memory, as far as one can see without taking the memory apart:
/// that the host does, and shows the whole way.
final class Holders {

    private Holders() {}

    /// A sentence that names the first that is found.
    static String of(ClassLoader loader) {
        return seen(loader)
                .orElse(
                        "no thread, managed bean, log handler, security provider or property holds"
                                + " it, so look for a shutdown hook, a ThreadLocal of a thread that"
                                + " lives on, a virtual thread of its own, or a listener or cache"
                                + " in classes that the channel does not bring along.");
    }

    /// Empty: nobody can be seen who does.
    static Optional<String> seen(ClassLoader loader) {
        return Stream.<Supplier<Optional<String>>>of(
                        () -> thread(loader),
                        () -> managed(loader),
                        () -> logging(loader),
                        () -> provider(loader),
                        () -> property(loader),
                        () -> lastHandler(loader))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> thread(ClassLoader loader) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each ->
                        loader.equals(each.getKey().getContextClassLoader())
                                || isOf(loader, each.getKey())
                                || runs(loader, each.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .map(thread ->
                        "thread '"
                                + thread.getName()
                                + "' still runs; let context.executor() run it, which ends with the"
                                + " account.");
    }

    private static boolean runs(ClassLoader loader, StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame -> Objects.equals(frame.getClassLoaderName(), loader.getName()));
    }

    private static Optional<String> managed(ClassLoader loader) {
        var server = ManagementFactory.getPlatformMBeanServer();
        return server.queryNames(null, null).stream()
                .filter(name -> isManaged(loader, name))
                .findFirst()
                .map(name -> "the managed bean " + name + " is still registered; unregister it.");
    }

    private static boolean isManaged(ClassLoader loader, ObjectName name) {
        try {
            return loader.equals(
                    ManagementFactory.getPlatformMBeanServer().getClassLoaderFor(name));
        } catch (JMException gone) {
            return false;
        }
    }

    private static Optional<String> logging(ClassLoader loader) {
        var manager = LogManager.getLogManager();
        return Collections.list(manager.getLoggerNames()).stream()
                .map(manager::getLogger)
                .filter(Objects::nonNull)
                .filter(logger ->
                        Arrays.stream(logger.getHandlers()).anyMatch(each -> isOf(loader, each)))
                .findFirst()
                .map(logger ->
                        "the logger '"
                                + logger.getName()
                                + "' still has a handler of the channel's; log by context.log().");
    }

    private static Optional<String> provider(ClassLoader loader) {
        return Arrays.stream(Security.getProviders())
                .filter(each -> isOf(loader, each))
                .findFirst()
                .map(each -> "the security provider " + each.getName() + " is still registered.");
    }

    private static Optional<String> property(ClassLoader loader) {
        return System.getProperties().entrySet().stream()
                .filter(each -> isOf(loader, each.getValue()))
                .findFirst()
                .map(each -> "the system property " + each.getKey() + " holds an object of its.");
    }

    private static Optional<String> lastHandler(ClassLoader loader) {
        return Optional.ofNullable(Thread.getDefaultUncaughtExceptionHandler())
                .filter(each -> isOf(loader, each))
                .map(_ -> "it is the handler of what no thread catches; leave that to the host.");
    }

    private static boolean isOf(ClassLoader loader, Object object) {
        return loader.equals(object.getClass().getClassLoader());
    }
}
