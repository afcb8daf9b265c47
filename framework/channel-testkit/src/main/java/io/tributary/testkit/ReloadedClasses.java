package io.tributary.testkit;

import io.tributary.spi.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// Defines the channel's classes, and those of the libraries that it brings along, once more: as
/// the host does for each version. What the host shares is the test's own.
final class ReloadedClasses extends ClassLoader {

    /// What plugins get from the host, and what only tests know.
    private static final List<String> SHARED =
            List.of(
                    "io.tributary.spi.",
                    "io.tributary.model.",
                    "org.slf4j.",
                    "org.jspecify.",
                    "org.junit.",
                    "org.opentest4j.",
                    "org.assertj.");

    private final ClassLoader tests;
    private final ConcurrentMap<String, byte[]> code;

    private ReloadedClasses(String name, ClassLoader tests, ConcurrentMap<String, byte[]> code) {
        super(name, ClassLoader.getPlatformClassLoader());
        this.tests = tests;
        this.code = code;
    }

    /// Makes such loaders, which share the bytes that were read once.
    record Source(ClassLoader tests, ConcurrentMap<String, byte[]> code) {

        static Source of(Class<?> channel) {
            return new Source(channel.getClassLoader(), new ConcurrentHashMap<>());
        }

        /// @param number by which its classes are known in stacks of threads
        ReloadedClasses load(int number) {
            return new ReloadedClasses("reload " + number, tests, code);
        }
    }

    /// The channel, from classes of its own.
    Channel channel(String name) throws ReflectiveOperationException {
        return (Channel) loadClass(name).getConstructor().newInstance();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (SHARED.stream().anyMatch(name::startsWith)) {
            return tests.loadClass(name);
        }
        return super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        var bytes = code.computeIfAbsent(name.replace('.', '/') + ".class", this::read);
        if (bytes.length == 0) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return tests.getResource(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        return tests.getResources(name);
    }

    private byte[] read(String name) {
        try (InputStream input = tests.getResourceAsStream(name)) {
            return input == null ? new byte[0] : input.readAllBytes();
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }
}
