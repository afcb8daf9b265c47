package io.tributary.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.tributary.host.artifacts.VerifiedJar;
import io.tributary.host.calls.Calls.Kind;
import io.tributary.host.calls.Watchdog;
import io.tributary.model.AccountId;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// As many as `-Dreloads=1000` says; a hundred else.
@DisplayName("a plugin that is loaded and left many times")
class ReloadsIT {

    private static final int RELOADS = Integer.getInteger("reloads", 100);

    /// What the JDK learns of a thing that is done again and again takes metaspace, too.
    private static final int WARM_UP = Math.max(100, RELOADS / 2);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Starts a thread, logs, keeps something for its thread, and has a few classes.
    private static final String BUSY =
            """
            Thread thread = new Thread(() -> {
                try { Thread.sleep(1_000_000); } catch (InterruptedException over) { }
            });
            thread.start();
            ThreadLocal<Object> local = ThreadLocal.withInitial(() -> List.of(1));
            local.get();
            java.util.logging.Logger.getLogger("busy").setLevel(java.util.logging.Level.FINE);
            Runnable lambda = () -> System.getProperty("busy" + local.get());
            lambda.run();
            """;

    @TempDir Path folder = Path.of("");

    /// What the process holds.
    private record Held(long heap, long metaspace, int threads, long files) {

        @Override
        public String toString() {
            return "heap %,d, metaspace %,d, threads %d, files %d"
                    .formatted(heap, metaspace, threads, files);
        }
    }

    @Test
    @DisplayName("leaves heap, metaspace, threads and open files as they were")
    void flat() throws Exception {
        var jar =
                TestArtifacts.verified(
                        PluginJar.of("busy", "1.0.0")
                                .channel("busy", "busy", BUSY, "return null;")
                                .write(folder, "busy.jar"));
        try (var watchdog = new Watchdog();
                var loaders = new LoaderWatch(InstantSource.system())) {
            reload(jar, watchdog, loaders, WARM_UP);
            var before = held(loaders);

            long began = System.nanoTime();
            reload(jar, watchdog, loaders, RELOADS);
            long took = System.nanoTime() - began;
            var after = held(loaders);

            System.out.printf(
                    "%d reloads, %.1f ms each; before: %s; after: %s%n",
                    RELOADS, took / 1e6 / RELOADS, before, after);
            assertThat(after.heap).isCloseTo(before.heap, Percentage.withPercentage(2));
            assertThat(after.metaspace).isCloseTo(before.metaspace, Percentage.withPercentage(2));
            assertThat(after.threads).isCloseTo(before.threads, Percentage.withPercentage(2));
            assertThat(after.files).isCloseTo(before.files, Percentage.withPercentage(2));
        }
    }

    private static void reload(VerifiedJar jar, Watchdog watchdog, LoaderWatch loaders, int times)
            throws Exception {
        for (int i = 0; i < times; i++) {
            try (var plugin = TestArtifacts.load(jar, watchdog, loaders)) {
                var channel = plugin.channels().getFirst();
                assertThat(
                                channel.calls()
                                        .ask(
                                                Kind.CHECK,
                                                AccountId.of("busy"),
                                                () -> channel.channel().descriptor().id()))
                        .isNotNull();
            }
        }
    }

    /// After everything that can be collected was.
    private static Held held(LoaderWatch loaders) {
        await().atMost(PATIENCE)
                .until(() -> {
                    System.gc();
                    return loaders.live().isEmpty();
                });
        var last = new Held[] {now()};
        await().atMost(PATIENCE)
                .until(() -> {
                    System.gc();
                    var now = now();
                    boolean settled =
                            Math.abs(now.heap - last[0].heap) < last[0].heap / 1_000
                                    && now.threads == last[0].threads;
                    last[0] = now;
                    return settled;
                });
        return last[0];
    }

    private static Held now() {
        var metaspace =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(each -> each.getName().equals("Metaspace"))
                        .map(MemoryPoolMXBean::getUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum();
        var files =
                ManagementFactory.getOperatingSystemMXBean()
                                instanceof UnixOperatingSystemMXBean unix
                        ? unix.getOpenFileDescriptorCount()
                        : 0;
        return new Held(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                metaspace,
                threads(),
                files);
    }

    /// Without those that carry the virtual ones: they come and go as there is work.
    private static int threads() {
        return (int)
                Thread.getAllStackTraces().keySet().stream()
                        .filter(each -> !each.getClass().getSimpleName().equals("CarrierThread"))
                        .count();
    }
}
