package io.tributary.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tributary.host.calls.Calls.Kind;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.calls.Watchdog;
import io.tributary.model.AccountId;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a plugin whose own objects the host has to touch")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileEndIT {

    private static final AccountId ACCOUNT = AccountId.of("pager-us");

    private static final String HANGS =
            "while (System.getProperty(\"hostile.over\") == null) {"
                    + " try { Thread.sleep(20); } catch (InterruptedException deaf) { } }";

    /// A thread whose methods, which the host would like to call, are the plugin's own.
    private static final String THREAD =
            """
            package hostile;
            public class OwnThread extends Thread {
                public OwnThread() { setDaemon(true); }
                @Override public ClassLoader getContextClassLoader() { %s return null; }
                @Override public void interrupt() { %s }
                @Override public void run() {
                    while (System.getProperty("hostile.over") == null) {
                        try { Thread.sleep(50); } catch (InterruptedException deaf) { }
                    }
                }
            }
            """;

    @TempDir Path folder = Path.of("");

    private final Watchdog watchdog = new Watchdog();
    private final LoaderWatch loaders = new LoaderWatch(InstantSource.system());

    @BeforeEach
    void begin() {
        System.clearProperty("hostile.over");
    }

    @AfterEach
    void stop() {
        System.setProperty("hostile.over", "now");
        loaders.close();
        watchdog.close();
    }

    @Test
    @DisplayName(
            "has its threads counted, and calls their deadlines, though a thread's method hangs")
    void watched() throws Exception {
        var plugin =
                load(
                        THREAD.formatted(HANGS, "super.interrupt();"),
                        "for (int i = 0; i < 70; i++) new hostile.OwnThread().start();");
        var chores = new AtomicInteger();

        try (var _ = watchdog.eachSecond(chores::incrementAndGet)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> chores.get() >= 2);
        }

        assertThat(plugin.quarantine().why().orElse("")).contains("70 threads of its own");
        var other = load(THREAD.formatted("", ""), "");
        var late = new CompletableFuture<PluginFailure>();
        var calls = other.channels().getFirst().calls();
        calls.start(
                ACCOUNT,
                "capabilities",
                () ->
                        late.complete(
                                catchThrowableOfType(
                                        PluginFailure.class,
                                        () ->
                                                calls.call(
                                                        Kind.CAPABILITIES,
                                                        ACCOUNT,
                                                        () -> {
                                                            new CountDownLatch(1).await();
                                                            return "never";
                                                        }))));
        assertThat(late)
                .succeedsWithin(Duration.ofSeconds(20))
                .satisfies(failure ->
                        assertThat(failure.why()).isEqualTo(PluginFailure.Cause.DEADLINE));
        plugin.close();
        other.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HANGS,
                "throw new IllegalStateException();",
                "throw new StackOverflowError();"
            })
    @DisplayName("leaves although its thread does not let itself be interrupted")
    void interrupted(String how) throws Exception {
        var plugin =
                load(
                        THREAD.formatted("", how),
                        """
                        new hostile.OwnThread().start();
                        Thread plain = new Thread(() -> {
                            try { Thread.sleep(1_000_000); }
                            catch (InterruptedException over) { System.setProperty("hostile.plain", "heard"); }
                        });
                        plain.setDaemon(true);
                        plain.start();
                        """);
        System.clearProperty("hostile.plain");

        assertThatCode(plugin::close).doesNotThrowAnyException();

        assertThat(loaders.live())
                .extracting(LoaderWatch.Live::state)
                .containsExactly(LoaderWatch.State.LEAVING);
        await().until(() -> "heard".equals(System.clearProperty("hostile.plain")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HANGS,
                "throw new IllegalStateException();",
                "throw new StackOverflowError();"
            })
    @DisplayName("leaves although its managed bean does not let itself be taken out")
    void deregistered(String how) throws Exception {
        var plugin =
                load(
                        """
                        package hostile;
                        import javax.management.*;
                        public class Own implements OwnMBean, MBeanRegistration {
                            @Override public ObjectName preRegister(MBeanServer server, ObjectName name) {
                                return name;
                            }
                            @Override public void postRegister(Boolean done) { }
                            @Override public void preDeregister() { if (closing()) { %s } }
                            @Override public void postDeregister() { }
                            private static boolean closing() {
                                return System.getProperty("hostile.over") == null;
                            }
                        }
                        """
                                .formatted(how),
                        """
                        java.lang.management.ManagementFactory.getPlatformMBeanServer().registerMBean(
                                new hostile.Own(), new javax.management.ObjectName("hostile:type=Own"));
                        java.util.logging.Logger.getLogger("hostile").addHandler(
                                new hostile.OwnHandler());
                        """);

        assertThatCode(plugin::close).doesNotThrowAnyException();

        assertThat(loaders.live())
                .extracting(LoaderWatch.Live::state)
                .containsExactly(LoaderWatch.State.LEAVING);
        if (!how.equals(HANGS)) {
            assertThat(Logger.getLogger("hostile").getHandlers()).isEmpty();
        }
        System.setProperty("hostile.over", "now");
        var server = ManagementFactory.getPlatformMBeanServer();
        var all = new ObjectName("hostile:*");
        await().ignoreExceptions()
                .until(() -> {
                    for (var name : server.queryNames(all, null)) {
                        server.unregisterMBean(name);
                    }
                    return server.queryNames(all, null).isEmpty();
                });
    }

    private LoadedPlugin load(String source, String constructor) throws Exception {
        var name = source.contains("class OwnThread") ? "hostile.OwnThread" : "hostile.Own";
        var file =
                PluginJar.of("hostile", "1.0.0")
                        .source(name, source)
                        .source(
                                "hostile.OwnMBean",
                                "package hostile; public interface OwnMBean { }")
                        .source(
                                "hostile.OwnHandler",
                                """
                                package hostile;
                                public class OwnHandler extends java.util.logging.Handler {
                                    @Override public void publish(java.util.logging.LogRecord line) { }
                                    @Override public void flush() { }
                                    @Override public void close() { }
                                }
                                """)
                        .channel("hostile", "hostile", constructor, "return null;")
                        .write(Files.createTempDirectory(folder, "jar"), "hostile.jar");
        return TestArtifacts.load(TestArtifacts.verified(file), watchdog, loaders);
    }
}
