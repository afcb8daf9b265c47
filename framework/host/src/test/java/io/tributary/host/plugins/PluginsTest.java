package io.tributary.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.artifacts.Trust;
import io.tributary.host.artifacts.Verification;
import io.tributary.host.calls.Calls.Kind;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.calls.Watchdog;
import io.tributary.host.rollouts.Rollouts;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.Json;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Settings;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the plugins folder")
class PluginsTest {

    private static final AccountId ACCOUNT = AccountId.of("pager-us");

    @TempDir Path folder;

    private final Watchdog watchdog = new Watchdog();
    private final LoaderWatch loaders = new LoaderWatch(InstantSource.system());
    private @Nullable Plugins plugins;

    @AfterEach
    void close() {
        if (plugins != null) {
            plugins.close();
        }
        loaders.close();
        watchdog.close();
    }

    @Test
    @DisplayName("gives each jar a class loader of its own, and its channels")
    void loads() throws Exception {
        PluginJar.plain("pager", "1.2.0").write(folder, "pager.jar");
        PluginJar.plain("kiosk", "0.3.0-SNAPSHOT").write(folder, "kiosk.jar");
        Files.writeString(folder.resolve("README.txt"), "no plugin");

        var loaded = load();

        assertThat(loaded.refusals()).isEmpty();
        assertThat(loaded.loaded())
                .extracting(LoadedPlugin::version)
                .containsExactly(
                        new PluginVersion("kiosk", "0.3.0-SNAPSHOT"),
                        new PluginVersion("pager", "1.2.0"));
        var pager = channel(loaded, "pager");
        assertThat(pager.descriptor().name()).isEqualTo("A channel");
        assertThat(pager.channel().getClass().getClassLoader())
                .isNotSameAs(getClass().getClassLoader())
                .isNotSameAs(channel(loaded, "kiosk").channel().getClass().getClassLoader());
        assertThat(call(pager, () -> pager.channel().check(new NoSettings()))).isEmpty();
    }

    @Test
    @DisplayName("shows a plugin the JDK, the SPI and its own jar, and nothing else of the host")
    void isolation() throws Exception {
        PluginJar.of("spy", "1.0.0")
                .channel(
                        "spy",
                        "spy",
                        """
                        var seen = new StringBuilder();
                        var loader = getClass().getClassLoader();
                        for (var name : List.of(
                                "io.tributary.spi.Channel", "io.tributary.model.Json",
                                "org.jspecify.annotations.Nullable", "org.slf4j.LoggerFactory",
                                "java.sql.Driver", "spy.TheChannel",
                                "io.tributary.host.plugins.Plugins", "org.pf4j.PluginManager",
                                "tools.jackson.databind.ObjectMapper", "org.junit.jupiter.api.Test",
                                "ch.qos.logback.classic.Logger")) {
                            try {
                                loader.loadClass(name);
                                seen.append(name).append(' ');
                            } catch (ClassNotFoundException hidden) {
                            }
                        }
                        seen.append(loader.getResource("io/tributary/host/plugins/Plugins.class"));
                        seen.append(loader.getResource("logback-test.xml"));
                        System.setProperty("tributary.test.spy", seen.toString());
                        """,
                        "return null;")
                .write(folder, "spy.jar");

        assertThat(load().refusals()).isEmpty();

        assertThat(System.clearProperty("tributary.test.spy"))
                .isEqualTo(
                        "io.tributary.spi.Channel io.tributary.model.Json"
                                + " org.jspecify.annotations.Nullable org.slf4j.LoggerFactory"
                                + " java.sql.Driver spy.TheChannel nullnull");
    }

    @Test
    @DisplayName("lets a plugin bring another version of a library that the host has, too")
    void ownLibraries() throws Exception {
        PluginJar.of("pager", "1.0.0")
                .source(
                        "tools.jackson.databind.ObjectMapper",
                        "package tools.jackson.databind; public class ObjectMapper {"
                                + " public static String which() { return \"mine\"; } }")
                .channel(
                        "pager",
                        "pager",
                        "if (!tools.jackson.databind.ObjectMapper.which().equals(\"mine\"))"
                                + " throw new IllegalStateException();",
                        "return null;")
                .write(folder, "pager.jar");

        assertThat(load().refusals()).isEmpty();
    }

    @Test
    @DisplayName("of two versions of one plugin gives the later one, and says so")
    void twoVersions() throws Exception {
        PluginJar.plain("pager", "1.10.0").write(folder, "a.jar");
        PluginJar.plain("pager", "1.9.0").write(folder, "b.jar");
        PluginJar.plain("pager", "1.10.0-rc1").write(folder, "c.jar");

        var loaded = load();

        assertThat(loaded.loaded())
                .extracting(LoadedPlugin::version)
                .containsExactly(new PluginVersion("pager", "1.10.0"));
        assertThat(loaded.refusals()).extracting(Refusal::file).containsExactly("b.jar", "c.jar");
        assertThat(loaded.refusals().getFirst().reason())
                .isEqualTo(
                        "it is pager 1.9.0, and a.jar brings pager 1.10.0; take one of them away");
    }

    @Test
    @DisplayName("of two plugins with one channel gives neither")
    void twoPluginsOneChannel() throws Exception {
        PluginJar.of("first", "1.0.0")
                .channel("first", "pager", "", "return null;")
                .write(folder, "a.jar");
        PluginJar.of("second", "1.0.0")
                .channel("second", "pager", "", "return null;")
                .write(folder, "b.jar");
        PluginJar.plain("kiosk", "1.0.0").write(folder, "c.jar");

        var loaded = load();

        assertThat(loaded.channels()).containsOnlyKeys(ChannelId.of("kiosk"));
        assertThat(loaded.refusals())
                .extracting(Refusal::reason)
                .containsExactlyInAnyOrder(
                        "it brings the channel pager, and so does a.jar; take one of them away",
                        "it brings the channel pager, and so does b.jar; take one of them away");
    }

    @Test
    @DisplayName("that is not there is told of like a refused jar")
    void noFolder() throws Exception {
        plugins = loaded(folder.resolve("none"));

        assertThat(plugins.refusals())
                .singleElement()
                .extracting(Refusal::reason)
                .asString()
                .contains("cannot be read (NoSuchFileException)");
    }

    @Test
    @DisplayName("lets go of a plugin's classes when it is closed")
    void collected() throws Exception {
        PluginJar.plain("pager", "1.2.0").write(folder, "pager.jar");
        var queue = new ReferenceQueue<ClassLoader>();

        var reference = loadUseAndClose(queue);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> {
                    System.gc();
                    return Optional.ofNullable(queue.poll()).filter(reference::equals).isPresent();
                });
    }

    @Nested
    @DisplayName("refuses, and goes on with the others, a jar")
    class Refuses {

        @Test
        @DisplayName("without manifest entries")
        void manifest() throws Exception {
            PluginJar.plain("a", "1.0.0").withoutManifest("Plugin-Id").write(folder, "a.jar");
            PluginJar.plain("b", "1.0.0").withoutManifest("Plugin-Version").write(folder, "b.jar");
            PluginJar.plain("c", "1.0.0").withoutManifest("Tributary-Spi").write(folder, "c.jar");

            assertThat(reasons())
                    .containsExactly(
                            "its manifest lacks Plugin-Id; add it, such as Plugin-Id: pager",
                            "its manifest lacks Plugin-Version; add it, such as Plugin-Version:"
                                    + " 1.4.0",
                            "its manifest lacks Tributary-Spi; add it, such as Tributary-Spi: 0.1");
        }

        @Test
        @DisplayName("with manifest entries that cannot be used")
        void wrongManifest() throws Exception {
            PluginJar.plain("a", "1.0.0").manifest("Plugin-Id", "../evil").write(folder, "a.jar");
            PluginJar.plain("b", "one").write(folder, "b.jar");
            PluginJar.plain("c", "1.0.0").manifest("Class-Path", "x.jar").write(folder, "c.jar");
            PluginJar.plain("d", "1.0.0")
                    .manifest("Plugin-Dependencies", "e")
                    .write(folder, "d.jar");

            assertThat(reasons())
                    .containsExactly(
                            "its Plugin-Id must be 1 to 63 lower-case letters, digits and dashes",
                            "its Plugin-Version is one; it must be one such as 1.4.0",
                            "its manifest has Class-Path, which is not allowed; put the libraries it"
                                    + " needs into the jar",
                            "its manifest has Plugin-Dependencies, which is not allowed; plugins do"
                                    + " not use each other");
        }

        @Test
        @DisplayName("that was built against another SPI")
        void otherSpi() throws Exception {
            PluginJar.plain("a", "1.0.0").manifest("Tributary-Spi", "0.2").write(folder, "a.jar");
            PluginJar.plain("b", "1.0.0").manifest("Tributary-Spi", "1.0").write(folder, "b.jar");
            PluginJar.plain("c", "1.0.0").manifest("Tributary-Spi", "new").write(folder, "c.jar");

            assertThat(reasons())
                    .satisfiesExactly(
                            reason -> assertThat(reason).contains("against SPI 0.2"),
                            reason -> assertThat(reason).contains("this host offers 0.1"),
                            reason -> assertThat(reason).contains("two numbers, such as 0.1"));
        }

        @Test
        @DisplayName("that contains classes of the host, or native libraries")
        void contents() throws Exception {
            var nothing = new byte[0];
            PluginJar.plain("a", "1.0.0")
                    .entry("io/tributary/spi/Channel.class", nothing)
                    .write(folder, "a.jar");
            PluginJar.plain("b", "1.0.0")
                    .entry("META-INF/versions/25/io/tributary/model/Json.class", nothing)
                    .write(folder, "b.jar");
            PluginJar.plain("c", "1.0.0")
                    .entry("linux/libthing.so.1", nothing)
                    .write(folder, "c.jar");
            PluginJar.plain("d", "1.0.0").entry("win/thing.DLL", nothing).write(folder, "d.jar");

            assertThat(reasons())
                    .satisfiesExactly(
                            reason -> assertThat(reason).contains("io/tributary/spi/Channel.class"),
                            reason -> assertThat(reason).contains("io/tributary/model/Json.class"),
                            reason -> assertThat(reason).contains("native library linux/libthing"),
                            reason -> assertThat(reason).contains("native library win/thing.DLL"));
        }

        @Test
        @DisplayName("that is no jar at all")
        void noJar() throws Exception {
            Files.writeString(folder.resolve("a.jar"), "PK no jar");

            assertThat(reasons()).containsExactly("it is no readable jar; copy it again");
        }

        @Test
        @DisplayName("that brings no channel, or lists one that is not there")
        void noChannel() throws Exception {
            PluginJar.of("a", "1.0.0").write(folder, "a.jar");
            PluginJar.of("b", "1.0.0").provides("b.Missing").write(folder, "b.jar");

            assertThat(reasons())
                    .satisfiesExactly(
                            reason -> assertThat(reason).contains("brings no channel"),
                            reason -> assertThat(reason).contains("b.Missing"));
        }

        @Test
        @DisplayName("whose channel throws when it is made")
        void throwing() throws Exception {
            PluginJar.of("a", "1.0.0")
                    .channel(
                            "a",
                            "a",
                            "if (true) throw new IllegalStateException(\"no luck with sesame\");",
                            "return null;")
                    .write(folder, "a.jar");
            PluginJar.of("b", "1.0.0")
                    .channel("b", "Not An Id", "", "return null;")
                    .write(folder, "b.jar");

            assertThat(reasons())
                    .satisfiesExactly(
                            reason -> assertThat(reason).contains("no luck with ***"),
                            reason -> assertThat(reason).contains("a channel id must be"));
        }

        @Test
        @DisplayName("whose channel takes too long to be made")
        void late() throws Exception {
            PluginJar.of("a", "1.0.0")
                    .channel("a", "a", "Thread.currentThread().join();", "return null;")
                    .write(folder, "a.jar");

            assertThat(reasons())
                    .containsExactly(
                            "the constructor or descriptor of its channel did not end within 10 s;"
                                    + " they must not wait for anything");
        }

        @Test
        @DisplayName("whose settings schema is none")
        void schema() throws Exception {
            PluginJar.of("a", "1.0.0")
                    .channel("a", "a", "", "return null;", "{\\\"type\\\":\\\"nonsense\\\"}")
                    .write(folder, "a.jar");

            assertThat(reasons()).containsExactly("its channel a is broken: nonsense is no type");
        }

        /// Loads, with a good plugin among the bad ones that must be there in the end.
        private List<String> reasons() throws InterruptedException {
            PluginJar.plain("good", "1.0.0").write(folder, "zz-good.jar");
            var loaded = load();
            assertThat(loaded.channels()).containsOnlyKeys(ChannelId.of("good"));
            return loaded.refusals().stream().map(Refusal::reason).toList();
        }
    }

    private PhantomReference<ClassLoader> loadUseAndClose(ReferenceQueue<ClassLoader> queue)
            throws Exception {
        try (var loaded = loaded(folder)) {
            var pager = channel(loaded, "pager");
            assertThat(call(pager, () -> pager.channel().check(new NoSettings()))).isEmpty();
            return new PhantomReference<>(pager.channel().getClass().getClassLoader(), queue);
        }
    }

    private Plugins load() throws InterruptedException {
        var loaded = loaded(folder);
        plugins = loaded;
        return loaded;
    }

    private Plugins loaded(Path from) throws InterruptedException {
        return Rollouts.dry(
                from, new Verification(Trust.NONE.unsigned(true)), new VersionLoader(setup()));
    }

    private PluginSetup setup() {
        return new PluginSetup(
                watchdog, loaders, text -> text.replace("sesame", "***"), PluginsTest::checkSchema);
    }

    private static void checkSchema(Json schema) {
        if (schema.text().contains("nonsense")) {
            throw new IllegalArgumentException("nonsense is no type");
        }
    }

    private static LoadedChannel channel(Plugins loaded, String id) {
        return Optional.ofNullable(loaded.channels().get(ChannelId.of(id))).orElseThrow();
    }

    private static <T> T call(LoadedChannel channel, java.util.concurrent.Callable<T> body) {
        try {
            return channel.calls().ask(Kind.CHECK, ACCOUNT, body);
        } catch (PluginFailure | InterruptedException failure) {
            return Assertions.fail(failure);
        }
    }

    /// Settings that nobody asks.
    private static final class NoSettings implements Settings {

        @Override
        public boolean has(String key) {
            return false;
        }

        @Override
        public String text(String key) {
            throw new Unusable(key, "is missing");
        }

        @Override
        public long number(String key) {
            throw new Unusable(key, "is missing");
        }

        @Override
        public boolean flag(String key) {
            throw new Unusable(key, "is missing");
        }

        @Override
        public java.net.URI uri(String key) {
            throw new Unusable(key, "is missing");
        }

        @Override
        public Duration duration(String key) {
            throw new Unusable(key, "is missing");
        }

        @Override
        public List<String> texts(String key) {
            return List.of();
        }

        @Override
        public Settings section(String key) {
            return this;
        }

        @Override
        public List<Settings> sections(String key) {
            return List.of();
        }

        @Override
        public java.util.Set<String> keys() {
            return java.util.Set.of();
        }

        @Override
        public io.tributary.spi.Secret secret(String key) {
            throw new Unusable(key, "is missing");
        }
    }
}
