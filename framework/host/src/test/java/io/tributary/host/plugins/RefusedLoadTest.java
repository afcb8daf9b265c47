package io.tributary.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.host.calls.Watchdog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a plugin that is refused while it is loaded")
@Timeout(120)
class RefusedLoadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Leaves something in the JDK's lists, and a thread.
    private static final String UNTIDY =
            """
            java.util.logging.Logger.getLogger("refused").addHandler(new java.util.logging.Handler() {
                @Override public void publish(java.util.logging.LogRecord line) { }
                @Override public void flush() { }
                @Override public void close() { }
            });
            new Thread(() -> {
                try { Thread.sleep(1_000_000); } catch (InterruptedException over) { }
            }, "refused-thread").start();
            """;

    @TempDir Path folder = Path.of("");

    private final Watchdog watchdog = new Watchdog();
    private final LoaderWatch loaders =
            new LoaderWatch(
                    InstantSource.system(), Duration.ofMillis(100), null, new HotSpotCollector());

    @AfterEach
    void stop() {
        loaders.close();
        watchdog.close();
    }

    @Test
    @DisplayName("leaves no class loader, so that any number of them hinders no good one")
    void many() throws Exception {
        for (int i = 0; i < 9; i++) {
            refused("1.0." + i, "");
        }

        await().atMost(PATIENCE)
                .until(() -> {
                    System.gc();
                    return loaders.live().isEmpty();
                });
        load(PluginJar.plain("good", "1.0.0")).close();
    }

    @Test
    @DisplayName("leaves no thread and nothing in the JDK's lists, whenever it is refused")
    void swept() throws Exception {
        refused("1.0.0", UNTIDY);
        tidy();

        assertThatThrownBy(() ->
                        load(
                                PluginJar.of("other", "1.0.0")
                                        .channel(
                                                "other",
                                                "other",
                                                UNTIDY
                                                        + "if (true) throw new"
                                                        + " IllegalStateException(\"not today\");",
                                                "return null;")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("not today");
        tidy();
    }

    private void tidy() {
        assertThat(Logger.getLogger("refused").getHandlers()).isEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(Thread.getAllStackTraces().keySet())
                                .extracting(Thread::getName)
                                .doesNotContain("refused-thread"));
        await().atMost(PATIENCE)
                .until(() -> {
                    System.gc();
                    return loaders.live().isEmpty();
                });
    }

    private void refused(String version, String constructor) {
        assertThatThrownBy(() ->
                        load(
                                PluginJar.of("other", version)
                                        .manifest("Tributary-Channels", "promised")
                                        .channel("other", "brought", constructor, "return null;")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("its manifest names the channels promised");
    }

    private LoadedPlugin load(PluginJar jar) throws Exception {
        var file = jar.write(Files.createTempDirectory(folder, "jar"), "a.jar");
        return TestArtifacts.load(TestArtifacts.verified(file), watchdog, loaders);
    }
}
