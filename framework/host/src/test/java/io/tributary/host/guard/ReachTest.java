package io.tributary.host.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.artifacts.Entitlement;
import io.tributary.host.artifacts.Entitlements;
import io.tributary.host.plugins.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("code of a plugin that reaches beyond the process")
final class ReachTest {

    /// Each way by the entitlement that it needs. None of them succeeds for long: what they reach
    /// for is not there, or is the test's own folder.
    private static final String WAYS =
            """
            package far;
            import java.io.*;
            import java.net.*;
            import java.net.http.HttpClient;
            import java.nio.channels.*;
            import java.nio.file.*;
            import java.util.*;
            import java.util.concurrent.Callable;
            import java.util.function.*;
            public final class Ways {
                static void way(Map<String, Callable<Object>> ways, String name, Callable<Object> way) {
                    ways.put(name, way);
                }
                public static Map<String, Callable<Object>> all(String folder) {
                    Map<String, Callable<Object>> ways = new TreeMap<>();
                    way(ways, "sockets: a socket", () -> { new Socket().close(); return null; });
                    way(ways, "sockets: a socket of one's own kind", () -> { new Own().close(); return null; });
                    way(ways, "sockets: a reference", () -> {
                        Supplier<Socket> made = Socket::new; made.get().close(); return null; });
                    way(ways, "sockets: a channel", () -> { SocketChannel.open().close(); return null; });
                    way(ways, "sockets: a client", () -> { HttpClient.newHttpClient().close(); return null; });
                    way(ways, "sockets: an address", () -> URI.create("http://127.0.0.1:1/").toURL().openConnection());
                    way(ways, "sockets: a factory", () -> {
                        javax.net.SocketFactory.getDefault().createSocket().close(); return null; });
                    way(ways, "files: a look", () -> Files.exists(Path.of(folder)));
                    way(ways, "files: a write", () -> {
                        try (var out = new FileOutputStream(folder + "/x")) { out.write(1); } return null; });
                    way(ways, "files: an address", () -> {
                        Path.of(folder).toUri().toURL().openStream().close(); return null; });
                    way(ways, "files: a folder", () -> new File(folder).list());
                    way(ways, "processes: a builder", () -> {
                        new ProcessBuilder("true").start().waitFor(); return null; });
                    way(ways, "processes: the runtime", () -> {
                        Runtime.getRuntime().exec(new String[] {"true"}).waitFor(); return null; });
                    return ways;
                }
                static final class Own extends Socket { }

                /// Branches around what is half made when the host asks, a loop and a handler.
                public static String knotted(int n, String folder) throws Exception {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < n; i++) {
                        try (var out = new FileOutputStream(
                                i % 2 == 0 ? folder + "/even" : folder + "/odd", i > 2 ? true : false)) {
                            out.write(i);
                            text.append(i < 3 ? "a" : "b");
                            if (i == 4) throw new IllegalStateException("four");
                        } catch (IllegalStateException four) {
                            text.append(switch (four.getMessage()) { case "four" -> 4; default -> 0; });
                        } finally {
                            text.append(Files.exists(Path.of(folder, i % 2 == 0 ? "even" : "odd")) ? "!" : "?");
                        }
                    }
                    return text.toString();
                }
            }
            """;

    @TempDir Path folder = Path.of("");

    private final Map<String, byte[]> code = new HashMap<>();
    private Path target = folder;

    private final class Loader extends ClassLoader implements Guarded {

        private final Conduct conduct;

        Loader(Set<Entitlement> granted) {
            super(ReachTest.class.getClassLoader());
            conduct = new Conduct("far 1.0.0", new Entitlements(granted, Set.of()), text -> text);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] found = code.get(name);
            if (found == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] guarded = Rewriting.of(found);
            return defineClass(name, guarded, 0, guarded.length);
        }

        @Override
        public Conduct conduct() {
            return conduct;
        }

        @SuppressWarnings("unchecked") // what the source above says
        private Map<String, Callable<Object>> ways() throws Exception {
            return (Map<String, Callable<Object>>)
                    loadClass("far.Ways")
                            .getMethod("all", String.class)
                            .invoke(null, target.toString());
        }
    }

    @BeforeEach
    void compile() throws IOException {
        target = Files.createDirectory(folder.resolve("target"));
        Path jar = PluginJar.of("far", "1.0.0").source("far.Ways", WAYS).write(folder, "far.jar");
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entry :
                    zip.stream().filter(each -> each.getName().endsWith(".class")).toList()) {
                var name = entry.getName().replace(".class", "").replace('/', '.');
                code.put(name, zip.getInputStream(entry).readAllBytes());
            }
        }
    }

    @Test
    @DisplayName("is refused each way that its manifest does not name, and told which to add")
    void refused() throws Exception {
        var loader = new Loader(Set.of());
        var ways = loader.ways();

        assertThat(ways).hasSize(13);
        for (var way : ways.entrySet()) {
            String needed = way.getKey().substring(0, way.getKey().indexOf(':'));
            assertThatThrownBy(way.getValue()::call)
                    .as(way.getKey())
                    .isInstanceOf(SecurityException.class)
                    .hasMessageContaining("add " + needed + " to Tributary-Entitlements");
        }
        assertThat(loader.conduct().refused())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "entitlement sockets", 7L,
                                "entitlement files", 4L,
                                "entitlement processes", 2L));
        assertThat(target).isEmptyDirectory();
    }

    @Test
    @DisplayName("goes each way that its manifest names, and no other")
    void entitled() throws Exception {
        for (Entitlement granted :
                List.of(Entitlement.SOCKETS, Entitlement.FILES, Entitlement.PROCESSES)) {
            for (var way : new Loader(Set.of(granted)).ways().entrySet()) {
                if (way.getKey().startsWith(granted.title())) {
                    assertThatCode(way.getValue()::call)
                            .as(way.getKey())
                            .doesNotThrowAnyException();
                } else {
                    assertThatThrownBy(way.getValue()::call)
                            .as(way.getKey())
                            .isInstanceOf(SecurityException.class);
                }
            }
        }
    }

    @Test
    @DisplayName("does the same as before where it is asked in the midst of things")
    void knotted() throws Exception {
        var method =
                new Loader(Set.of(Entitlement.FILES))
                        .loadClass("far.Ways")
                        .getMethod("knotted", int.class, String.class);

        assertThat(method.invoke(null, 6, target.toString())).isEqualTo("a!a!a!b!b4!b!");
    }
}
