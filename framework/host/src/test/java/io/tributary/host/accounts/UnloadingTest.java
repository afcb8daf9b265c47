package io.tributary.host.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.accounts.OpenAccounts.Found;
import io.tributary.host.artifacts.Trust;
import io.tributary.host.artifacts.Verification;
import io.tributary.host.plugins.LoadedChannel;
import io.tributary.host.plugins.LoaderWatch;
import io.tributary.host.plugins.PluginJar;
import io.tributary.host.plugins.PluginSetup;
import io.tributary.host.plugins.Plugins;
import io.tributary.host.plugins.VersionLoader;
import io.tributary.host.rollouts.Rollouts;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.Json;
import io.tributary.spi.Conversation;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a plugin whose accounts have served")
class UnloadingTest {

    private static final AccountId ACCOUNT = AccountId.of("pager-us");

    /// Does what pins classes where nobody takes it back: a parked task, a changed context class
    /// loader, a thrown exception of its own, lambdas in the host's hands, log lines with
    /// throwables.
    private static final String BUSY =
            """
            context.executor().execute(() -> {
                try { new java.util.concurrent.CountDownLatch(1).await(); }
                catch (InterruptedException closed) { }
            });
            context.executor().execute(() -> { throw new Mine("in a task"); });
            context.log().log(System.Logger.Level.DEBUG, "opened", new Mine("logged"));
            context.report(Health.degraded("busy"));
            return new Account() {
                private final ThreadLocal<Object> local = ThreadLocal.withInitial(() -> new Mine("local"));
                @Override public Capabilities capabilities(Conversation conversation) {
                    local.get();
                    if (conversation.address().equals("throw")) throw new Mine("to the host");
                    return Capabilities.NONE;
                }
            };
            """;

    @TempDir Path folder;

    @Test
    @DisplayName("leaves none of its classes behind when it is unloaded")
    void collected() throws Exception {
        var jars = Files.createDirectory(folder.resolve("plugins"));
        PluginJar.of("pager", "1.2.0")
                .source(
                        "busy.Mine",
                        "package busy; public class Mine extends RuntimeException {"
                                + " public Mine(String text) { super(text); } }")
                .channel("busy", "pager", "", BUSY)
                .write(jars, "pager.jar");
        var queue = new ReferenceQueue<ClassLoader>();

        try (var member = new Member(folder)) {
            var reference = serveAndUnload(member, jars, queue);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        System.gc();
                        return Optional.ofNullable(queue.poll())
                                .filter(reference::equals)
                                .isPresent();
                    });
        }
    }

    private static PhantomReference<ClassLoader> serveAndUnload(
            Member member, Path jars, ReferenceQueue<ClassLoader> queue) throws Exception {
        try (var loaders = new LoaderWatch(InstantSource.system());
                var plugins =
                        Rollouts.dry(
                                jars,
                                new Verification(Trust.NONE.unsigned(true)),
                                new VersionLoader(
                                        new PluginSetup(
                                                member.watchdog,
                                                loaders,
                                                member.redactor::redact,
                                                SettingsSchema::check)));
                var accounts = member.accounts(null, new Loaded(plugins))) {
            assertThat(plugins.refusals()).isEmpty();
            var draft = AccountDraft.of(ChannelId.of("pager"), Json.OBJECT, Map.of());
            assertThat(accounts.put(ACCOUNT, draft, "operator")).isInstanceOf(Changed.Done.class);
            assertThat(accounts.put(ACCOUNT, draft, "operator")).isInstanceOf(Changed.Done.class);
            var open = ((Found.Open) accounts.find(ACCOUNT)).account();
            assertThat(open.capabilities(conversation("555"))).isNotNull();
            try {
                open.capabilities(conversation("throw"));
                throw new AssertionError("the plugin threw");
            } catch (io.tributary.host.calls.PluginFailure failure) {
                assertThat(failure.type()).isEqualTo("busy.Mine");
            }
            var loader = plugins.loaded().getFirst().channels().getFirst().channel().getClass();
            return new PhantomReference<>(loader.getClassLoader(), queue);
        }
    }

    private static Conversation conversation(String address) {
        return Conversation.of(
                new ConversationId(new UUID(0, address.hashCode())),
                ChannelId.of("pager"),
                ACCOUNT,
                "100",
                address);
    }

    /// The channels of real plugins, as the host joins the two rooms.
    private record Loaded(Plugins plugins) implements Channels {

        @Override
        public Optional<Served> find(ChannelId id) {
            return Optional.ofNullable(plugins.channels().get(id)).map(Loaded::served);
        }

        @Override
        public List<Served> all() {
            return plugins.channels().values().stream().map(Loaded::served).toList();
        }

        private static Served served(LoadedChannel channel) {
            return new Served(
                    channel.channel(),
                    channel.descriptor(),
                    channel.plugin(),
                    channel.entitlements(),
                    channel.calls());
        }
    }
}
