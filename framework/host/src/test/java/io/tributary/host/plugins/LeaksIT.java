package io.tributary.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.host.calls.Watchdog;
import io.tributary.host.leaks.LeakSearch;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.logging.Logger;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the class loader of a plugin that has left")
class LeaksIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /// A task of the JDK's own pool that waits until a property is set.
    private static final String PARKED =
            """
            java.util.concurrent.ForkJoinPool.commonPool().execute(() -> {
                synchronized (leaky.TheChannel.class) {
                    while (System.getProperty("leaky.over") == null) {
                        try { leaky.TheChannel.class.wait(50); }
                        catch (InterruptedException deaf) { }
                    }
                }
            });
            """;

    /// A thread that does not hear that it is to end.
    private static final String DEAF =
            """
            Thread thread = new Thread(() -> {
                while (System.getProperty("leaky.over") == null) {
                    try { Thread.sleep(50); } catch (InterruptedException deaf) { }
                }
            });
            thread.setDaemon(true);
            thread.start();
            """;

    /// All that the host can take back.
    private static final String UNTIDY =
            """
            java.util.logging.Logger.getLogger("untidy").addHandler(new java.util.logging.Handler() {
                @Override public void publish(java.util.logging.LogRecord line) { }
                @Override public void flush() { }
                @Override public void close() { }
            });
            java.lang.management.ManagementFactory.getPlatformMBeanServer().registerMBean(
                    new leaky.Bean(), new javax.management.ObjectName("leaky:type=Bean"));
            java.beans.Introspector.getBeanInfo(leaky.Bean.class);
            Thread thread = new Thread(() -> {
                try { Thread.sleep(1_000_000); } catch (InterruptedException over) { }
            }, "untidy-thread");
            thread.start();
            """;

    @TempDir Path folder = Path.of("");

    private final Watchdog watchdog = new Watchdog();
    private LoaderWatch loaders;

    @BeforeEach
    void watch() {
        System.clearProperty("leaky.over");
        loaders =
                new LoaderWatch(
                        InstantSource.system(),
                        Duration.ofMillis(100),
                        new LeakSearch(folder),
                        new HotSpotCollector());
    }

    @AfterEach
    void stop() {
        System.setProperty("leaky.over", "now");
        loaders.close();
        watchdog.close();
    }

    @Test
    @DisplayName("is told with the way to who holds it, when a thread of the JDK's does")
    void parked() throws Exception {
        serveAndLeave("1.0.0", PARKED);

        await().atMost(PATIENCE).until(() -> loaders.lost() == 1);
        await().atMost(PATIENCE).until(() -> !loaders.live().getFirst().holder().isEmpty());

        assertThat(loaders.live().getFirst().holder())
                .contains("it is held by", "leaky.TheChannel", VerifiedLoader.class.getName());
        assertThat(loaders.restartAdvised().orElse("")).contains("leaky 1.0.0");
        System.setProperty("leaky.over", "now");
        await().atMost(PATIENCE)
                .until(() -> {
                    System.gc();
                    return loaders.lost() == 0;
                });
        assertThat(loaders.restartAdvised()).isEmpty();
    }

    @Test
    @DisplayName("is lost eight times at most: then no further version is loaded")
    void eight() throws Exception {
        for (int i = 0; i < 8; i++) {
            serveAndLeave("1.0." + i, DEAF);
        }
        await().atMost(PATIENCE).until(() -> loaders.lost() == 8);
        await().atMost(PATIENCE)
                .until(() ->
                        loaders.live().stream().filter(each -> !each.holder().isEmpty()).count()
                                == 3);

        assertThat(loaders.live())
                .filteredOn(each -> !each.holder().isEmpty())
                .allSatisfy(each ->
                        assertThat(each.holder()).contains("a thread", "java.lang.Thread."));
        assertThatThrownBy(() -> serveAndLeave("2.0.0", ""))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("8 class loaders")
                .hasMessageContaining("restart this member");
    }

    @Test
    @DisplayName("is collected when what the plugin left in the JDK's lists was taken out")
    void swept() throws Exception {
        serveAndLeave("1.0.0", UNTIDY);

        await().atMost(PATIENCE)
                .until(() -> {
                    System.gc();
                    return loaders.live().isEmpty();
                });
        assertThat(Logger.getLogger("untidy").getHandlers()).isEmpty();
        assertThat(
                        ManagementFactory.getPlatformMBeanServer()
                                .queryNames(new ObjectName("leaky:*"), null))
                .isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("untidy-thread");
    }

    @Test
    @DisplayName("does not bear more than so many threads of its own")
    void threads() throws Exception {
        var plugin =
                load(
                        "1.0.0",
                        """
                        for (int i = 0; i < 70; i++) {
                            Thread thread = new Thread(() -> {
                                try { Thread.sleep(1_000_000); } catch (InterruptedException over) { }
                            });
                            thread.setDaemon(true);
                            thread.start();
                        }
                        """);

        await().atMost(Duration.ofSeconds(10)).until(() -> plugin.quarantine().active());

        assertThat(plugin.quarantine().why().orElse("")).contains("70 threads of its own");
        plugin.close();
    }

    private void serveAndLeave(String version, String constructor) throws Exception {
        load(version, constructor).close();
    }

    private LoadedPlugin load(String version, String constructor) throws Exception {
        var file =
                PluginJar.of("leaky", version)
                        .source(
                                "leaky.Bean",
                                "package leaky; public class Bean implements BeanMBean {"
                                        + " @Override public int getSize() { return 1; } }")
                        .source(
                                "leaky.BeanMBean",
                                "package leaky; public interface BeanMBean { int getSize(); }")
                        .channel("leaky", "leaky", constructor, "return null;")
                        .write(Files.createTempDirectory(folder, "jar"), "leaky.jar");
        return TestArtifacts.load(TestArtifacts.verified(file), watchdog, loaders);
    }
}
