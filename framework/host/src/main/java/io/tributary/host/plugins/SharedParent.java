package io.tributary.host.plugins;

import io.tributary.host.guard.Doors;
import java.net.URL;
import java.util.List;

/// All that plugins see of the world around their jar: the JDK, the SPI with its model, JSpecify's
/// annotations and the interface of SLF4J. Nothing else of the host's class path, no resources; but
/// for the one class whose methods rewritten code calls.
final class SharedParent extends ClassLoader {

    private static final List<String> SHARED =
            List.of("io.tributary.spi.", "io.tributary.model.", "org.jspecify.", "org.slf4j.");

    private static final String DOORS = Doors.class.getName();

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader host;

    SharedParent(ClassLoader host) {
        super("plugins-share", ClassLoader.getPlatformClassLoader());
        this.host = host;
    }

    /// Whether plugins get the host's class of that name, also if they bring one of their own.
    static boolean shares(String className) {
        if (className.equals(DOORS)) {
            return true;
        }
        for (var prefix : SHARED) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return shares(name) ? host.loadClass(name) : super.loadClass(name, resolve);
    }

    @Override
    public URL getResource(String name) {
        return getParent().getResource(name);
    }
}
