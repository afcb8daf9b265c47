package io.tributary.host.accounts;

import static io.tributary.host.accounts.Member.ACCOUNT;
import static io.tributary.host.accounts.Member.TOKEN;
import static io.tributary.host.accounts.Member.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.host.accounts.OpenAccounts.Found;
import io.tributary.host.calls.Calls.Kind;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.secrets.ReferenceRules;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.Json;
import io.tributary.spi.Conversation;
import io.tributary.spi.Health;
import io.tributary.spi.Problem;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.Sends;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a configured account")
class AccountsTest {

    private static final String URL = "{\"url\": \"https://pager.example\"}";

    @TempDir static Path all;

    @TempDir Path folder;

    private Member member;
    private Accounts accounts;

    @BeforeEach
    void open() {
        member = new Member(folder);
        accounts = member.accounts();
    }

    @AfterEach
    void close() {
        accounts.close();
        member.close();
    }

    @Test
    @DisplayName("serves as soon as it is stored")
    void serves() throws Exception {
        var done = (Changed.Done) accounts.put(ACCOUNT, draft(), "operator");

        assertThat(done.account())
                .satisfies(view -> {
                    assertThat(view.version()).isEqualTo(1);
                    assertThat(view.health().state()).isEqualTo(Health.State.UP);
                    assertThat(view.webhook())
                            .isEqualTo(
                                    URI.create(
                                            "https://hooks.example.com/channels/pager-us/webhook"));
                    assertThat(view.source()).isEqualTo(AccountView.Source.API);
                });
        var open = serving();
        assertThat(open.speaks())
                .containsExactlyInAnyOrder(ChannelId.of("pager"), ChannelId.of("beeper"));
        assertThat(open.ability(ReceivesWebhooks.class)).isPresent();
        assertThat(open.ability(Sends.class)).isEmpty();
        assertThat(accounts.all()).containsExactly(open);
        assertThat(accounts.find(AccountId.of("other"))).isInstanceOf(Found.Unknown.class);
    }

    @Test
    @DisplayName("is there again after a restart, secrets included")
    void restart() throws Exception {
        accounts.put(ACCOUNT, draft(), "operator");
        accounts.close();
        accounts = member.accounts();

        accounts.open(List.of());

        assertThat(serving().health().state()).isEqualTo(Health.State.UP);
        assertThat(member.channel.last().context.settings().secret("token").reveal())
                .isEqualTo(TOKEN);
    }

    @Test
    @DisplayName("shows of its secrets only which are set, and stores them sealed")
    void secretsStayInside() throws Exception {
        var inline = "{\"url\": \"https://pager.example\", \"token\": \"" + TOKEN + "\"}";
        var draft = AccountDraft.of(ScriptedChannel.ID, Json.of(inline), Map.of());

        var done = (Changed.Done) accounts.put(ACCOUNT, draft, "operator");

        assertThat(done.account().secrets()).containsExactly("token");
        assertThat(done.account().config().text()).doesNotContain(TOKEN).contains("url");
        assertThat(done.toString()).doesNotContain(TOKEN);
        assertThat(draft(URL).toString()).doesNotContain(TOKEN);
        var row = member.journal.accounts().byId(ACCOUNT).orElseThrow();
        assertThat(row.config()).doesNotContain(TOKEN);
        assertThat(row.sealedSecrets().utf8())
                .doesNotContain(TOKEN)
                .doesNotContain(
                        Base64.getEncoder().encodeToString(TOKEN.getBytes(StandardCharsets.UTF_8)));
        assertThat(member.journal.audit().page(Long.MAX_VALUE, 10).toString())
                .contains("account.add")
                .contains("token")
                .doesNotContain(TOKEN);
        accounts.close();
        member.journal.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(TOKEN);
            }
        }
    }

    @Test
    @DisplayName("keeps secrets that a change leaves out, and forgets those that it removes")
    void secretsLeftOut() throws Exception {
        accounts.put(ACCOUNT, draft(), "operator");
        var without = AccountDraft.of(ScriptedChannel.ID, Json.of(URL), Map.of());

        assertThat(accounts.put(ACCOUNT, without, "operator")).isInstanceOf(Changed.Done.class);
        assertThat(member.channel.last().context.settings().secret("token").reveal())
                .isEqualTo(TOKEN);

        var removed =
                AccountDraft.of(
                        ScriptedChannel.ID,
                        Json.of(URL),
                        Map.of("token", new GivenSecret.Removed()));
        assertThat(problems(accounts.put(ACCOUNT, removed, "operator")))
                .containsExactly("/secrets/token: is missing");
    }

    @Test
    @DisplayName("is told all that is wrong with it, by schema and then by its channel")
    void invalid() throws Exception {
        var draft =
                AccountDraft.of(
                        ScriptedChannel.ID,
                        Json.of("{\"ulr\": \"x\"}"),
                        Map.of("tokn", new GivenSecret.Value(TOKEN)));

        assertThat(problems(accounts.put(ACCOUNT, draft, "operator")))
                .containsExactlyInAnyOrder(
                        "/secrets/tokn: is no secret of this channel; did you mean 'token'?",
                        "/secrets/token: is missing",
                        "/config/url: is missing",
                        "/config/ulr: is unknown; did you mean 'url'?");

        member.channel.check =
                settings ->
                        List.of(
                                new Problem("token", settings.secret("token").reveal() + " is old"),
                                new Problem("url", "is closed on Sundays"));
        assertThat(problems(accounts.put(ACCOUNT, draft(), "operator")))
                .containsExactly("/secrets/token: *** is old", "/config/url: is closed on Sundays");
        assertThat(accounts.find(ACCOUNT)).isInstanceOf(Found.Unknown.class);
        assertThat(member.journal.accounts().all()).isEmpty();
        assertThat(accounts.problems(ACCOUNT, draft())).hasSize(2);
    }

    @Test
    @DisplayName("of an unknown channel is told the nearest one")
    void unknownChannel() throws Exception {
        var draft = AccountDraft.of(ChannelId.of("pagr"), Json.of(URL), Map.of());

        assertThat(problems(accounts.put(ACCOUNT, draft, "operator")))
                .containsExactly(
                        "/channel: no plugin brings the channel 'pagr'; did you mean 'pager'?");
    }

    @Test
    @DisplayName("may find its secrets in files and in the environment, where that is set aside")
    void references() throws Exception {
        serveWith(ReferenceRules.only(all, "PAGER_"));
        var file = Files.writeString(all.resolve("token"), TOKEN + "\n");
        var inFile = Map.of("token", GivenSecret.file(file));
        var inEnvironment = Map.of("token", GivenSecret.environment("PAGER_TOKEN"));

        assertThat(accounts.put(ACCOUNT, secrets(inFile), "operator"))
                .isInstanceOf(Changed.Done.class);
        assertThat(member.channel.last().context.settings().secret("token").reveal())
                .isEqualTo(TOKEN);
        assertThat(problems(accounts.put(ACCOUNT, secrets(inEnvironment), "operator")))
                .containsExactly("/secrets/token: the environment variable PAGER_TOKEN is not set");

        Files.writeString(file, "another one\n");
        assertThat(accounts.reopen(ACCOUNT)).isInstanceOf(Changed.Done.class);
        assertThat(member.channel.last().context.settings().secret("token").reveal())
                .isEqualTo("another one");
    }

    @Test
    @DisplayName("set by API refers to no file and no variable that is not set aside for it")
    void outOfReach() throws Exception {
        var file = Files.writeString(all.resolve("out-of-reach"), TOKEN);
        member.environment.put("HOST_TOKEN", TOKEN);
        var inFile = secrets(Map.of("token", GivenSecret.file(file)));
        var inEnvironment = secrets(Map.of("token", GivenSecret.environment("HOST_TOKEN")));

        assertThat(problems(accounts.put(ACCOUNT, inFile, "operator")))
                .singleElement()
                .asString()
                .startsWith("/secrets/token: ")
                .contains("secrets.folder");
        assertThat(problems(accounts.put(ACCOUNT, inEnvironment, "operator")))
                .singleElement()
                .asString()
                .contains("secrets.environment");

        var aside = Files.createDirectory(folder.resolve("aside"));
        var inside = Files.writeString(aside.resolve("token"), TOKEN);
        var link = Files.createSymbolicLink(aside.resolve("link"), file);
        serveWith(ReferenceRules.only(aside, "PAGER_"));
        for (var path : List.of(file, link, aside.resolve("../" + file.getFileName()))) {
            assertThat(
                            problems(
                                    accounts.put(
                                            ACCOUNT,
                                            secrets(Map.of("token", GivenSecret.file(path))),
                                            "operator")))
                    .singleElement()
                    .asString()
                    .contains("is not in the folder");
        }
        assertThat(problems(accounts.put(ACCOUNT, inEnvironment, "operator")))
                .singleElement()
                .asString()
                .contains("does not begin with PAGER_");
        assertThat(
                        accounts.put(
                                ACCOUNT,
                                secrets(Map.of("token", GivenSecret.file(inside))),
                                "operator"))
                .isInstanceOf(Changed.Done.class);

        // What was stored while it was allowed is held against the rules of today.
        serveWith(ReferenceRules.NOTHING);
        accounts.open(List.of());
        assertThat(accounts.find(ACCOUNT))
                .isInstanceOfSatisfying(
                        Found.Down.class,
                        down -> assertThat(down.why()).contains("secrets.folder"));
    }

    @Test
    @DisplayName("of the configuration file refers to whatever its author likes")
    void declaredReferences() throws Exception {
        var file = Files.writeString(all.resolve("declared"), TOKEN);
        var draft = secrets(Map.of("token", GivenSecret.file(file)));

        accounts.open(List.of(new DeclaredAccount(ACCOUNT, draft)));

        assertThat(serving().health().state()).isEqualTo(Health.State.UP);
    }

    @Test
    @DisplayName("that goes to another address is given its secrets anew")
    void secretsStay() throws Exception {
        accounts.put(ACCOUNT, draft(), "operator");
        var before = serving();
        var elsewhere =
                AccountDraft.of(
                        ScriptedChannel.ID,
                        Json.of("{\"url\": \"https://elsewhere.example\"}"),
                        Map.of());

        assertThat(problems(accounts.put(ACCOUNT, elsewhere, "operator")))
                .containsExactly(
                        "/secrets/token: must be given again, since url changed: a secret never"
                                + " follows to another address by itself");
        assertThat(serving()).isSameAs(before);

        var again = draft("{\"url\": \"https://elsewhere.example\"}");
        assertThat(accounts.put(ACCOUNT, again, "operator")).isInstanceOf(Changed.Done.class);
        var patient =
                AccountDraft.of(
                        ScriptedChannel.ID,
                        Json.of("{\"url\": \"https://elsewhere.example\", \"retries\": 3}"),
                        Map.of());
        assertThat(accounts.put(ACCOUNT, patient, "operator")).isInstanceOf(Changed.Done.class);
    }

    private void serveWith(ReferenceRules references) {
        accounts.close();
        member.references = references;
        accounts = member.accounts();
    }

    @Test
    @DisplayName("is down and says why when its plugin, its key or its stored secret is gone")
    void down() throws Exception {
        accounts.put(ACCOUNT, draft(), "operator");
        accounts.close();
        accounts = member.accounts(Base64.getEncoder().encodeToString(new byte[32]));
        accounts.open(List.of());
        assertThat(accounts.find(ACCOUNT))
                .isInstanceOfSatisfying(
                        Found.Down.class,
                        down -> assertThat(down.why()).contains("bring the old key back"));

        member.pluginIsGone();
        accounts = member.accounts();
        accounts.open(List.of());
        assertThat(accounts.view(ACCOUNT).orElseThrow())
                .satisfies(view -> {
                    assertThat(view.health().state()).isEqualTo(Health.State.DOWN);
                    assertThat(view.health().text()).contains("no plugin is loaded");
                    assertThat(view.plugin()).isNull();
                    assertThat(view.secrets()).containsExactly("token");
                });
    }

    @Test
    @DisplayName("that is switched off is kept but not opened")
    void off() throws Exception {
        var off =
                new AccountDraft(
                        ScriptedChannel.ID,
                        Json.of(URL),
                        Map.of("token", new GivenSecret.Value(TOKEN)),
                        false,
                        null);

        accounts.put(ACCOUNT, off, "operator");

        assertThat(accounts.find(ACCOUNT)).isEqualTo(new Found.Down("switched off"));
        assertThat(accounts.view(ACCOUNT).orElseThrow().health().state())
                .isEqualTo(Health.State.STOPPED);
        assertThat(member.channel.opened).isEmpty();
    }

    @Test
    @DisplayName("is not changed by who has not seen the last change")
    void conflict() throws Exception {
        accounts.put(ACCOUNT, draft(), "operator");
        var old = new AccountDraft(ScriptedChannel.ID, Json.of(URL), Map.of(), true, 0L);

        assertThat(accounts.put(ACCOUNT, old, "operator")).isInstanceOf(Changed.Conflict.class);
        assertThat(accounts.remove(ACCOUNT, 7L, "operator")).isInstanceOf(Changed.Conflict.class);
        assertThat(serving().health().state()).isEqualTo(Health.State.UP);
    }

    @Test
    @DisplayName("goes when it is removed, once")
    void removed() throws Exception {
        accounts.put(ACCOUNT, draft(), "operator");

        assertThat(accounts.remove(ACCOUNT, null, "operator")).isEqualTo(new Changed.Removed());
        assertThat(accounts.remove(ACCOUNT, null, "operator")).isEqualTo(new Changed.Unknown());
        assertThat(accounts.find(ACCOUNT)).isInstanceOf(Found.Unknown.class);
        assertThat(member.journal.accounts().all()).isEmpty();
        await().untilAtomic(member.channel.last().closed, org.hamcrest.Matchers.is(true));
    }

    @Test
    @DisplayName("of the configuration file is read-only, and goes before one of the journal")
    void declared() throws Exception {
        accounts.put(ACCOUNT, draft(), "operator");
        accounts.close();
        accounts = member.accounts();
        var declared = draft("{\"url\": \"https://file.example\"}");

        accounts.open(List.of(new DeclaredAccount(ACCOUNT, declared)));

        assertThat(accounts.views())
                .singleElement()
                .satisfies(view -> {
                    assertThat(view.source()).isEqualTo(AccountView.Source.FILE);
                    assertThat(view.config().text()).contains("file.example");
                    assertThat(view.secrets()).containsExactly("token");
                });
        assertThat(accounts.put(ACCOUNT, draft(), "operator")).isInstanceOf(Changed.ReadOnly.class);
        assertThat(accounts.remove(ACCOUNT, null, "operator")).isInstanceOf(Changed.ReadOnly.class);
    }

    @Test
    @DisplayName(
            "that the file declares wrongly is down, and shows no setting that may be a secret")
    void declaredWrongly() throws Exception {
        var wrong = draft("{\"url\": \"https://x.example\", \"tokn\": \"misplaced secret\"}");

        accounts.open(List.of(new DeclaredAccount(ACCOUNT, wrong)));

        var view = accounts.view(ACCOUNT).orElseThrow();
        assertThat(view.health().text()).contains("/config/tokn: is unknown");
        assertThat(view.toString()).doesNotContain("misplaced secret");
        assertThat(view.config()).isEqualTo(Json.OBJECT);
    }

    @Test
    @DisplayName("is not stored when the journal cannot")
    void journalGone() throws Exception {
        accounts.put(ACCOUNT, draft(), "operator");
        var serving = serving();
        member.journal.close();

        assertThatThrownBy(() -> accounts.put(ACCOUNT, draft(), "operator"))
                .isInstanceOf(JournalUnavailable.class);
        assertThat(serving()).isSameAs(serving);
    }

    @Test
    @DisplayName("tells who listens whenever it is another one")
    void listeners() throws Exception {
        var told = new CopyOnWriteArrayList<AccountId>();
        accounts.whenChanged(told::add);

        accounts.put(ACCOUNT, draft(), "operator");
        accounts.put(ACCOUNT, draft(), "operator");
        accounts.remove(ACCOUNT, null, "operator");

        assertThat(told).containsExactly(ACCOUNT, ACCOUNT, ACCOUNT);
    }

    @Test
    @DisplayName(
            "asks its plugin once what a conversation may carry, until something happens in it")
    void capabilities() throws Exception {
        accounts.put(ACCOUNT, draft(), "operator");
        var open = serving();
        var plugin = member.channel.last();
        var one = conversation(1);
        var other = conversation(2);

        open.capabilities(one);
        open.capabilities(one);
        open.capabilities(other);
        assertThat(plugin.asked).hasValue(2);

        open.touched(one.id());
        open.capabilities(one);
        open.capabilities(other);
        assertThat(plugin.asked).hasValue(3);

        plugin.context.changed();
        open.capabilities(one);
        open.capabilities(other);
        assertThat(plugin.asked).hasValue(5);
    }

    @Nested
    @DisplayName("that is changed while it serves")
    class Swap {

        @Test
        @DisplayName("serves on when the new settings cannot be opened")
        void openingFails() throws Exception {
            accounts.put(ACCOUNT, draft(), "operator");
            var before = serving();
            member.channel.opening =
                    () -> {
                        throw new IllegalStateException("no luck with " + TOKEN);
                    };

            assertThat(accounts.put(ACCOUNT, draft(), "operator"))
                    .isEqualTo(new Changed.NotOpened("no luck with ***"));
            assertThat(accounts.reopen(ACCOUNT)).isInstanceOf(Changed.NotOpened.class);
            assertThat(serving()).isSameAs(before);
            assertThat(member.channel.last().closed).isFalse();
            assertThat(accounts.view(ACCOUNT).orElseThrow().version()).isEqualTo(1);
            assertThat(member.ways)
                    .extracting(way -> way.closed)
                    .containsExactly(false, true, true);
        }

        @Test
        @DisplayName("ends its calls before the old one is closed, and loses none")
        void swapWhileCallsRun() throws Exception {
            accounts.put(ACCOUNT, draft(), "operator");
            var before = serving();
            var old = member.channel.last();
            var gate = new CountDownLatch(1);
            var running = new CompletableFuture<Boolean>();
            var result = new CompletableFuture<String>();
            before.calls()
                    .start(
                            ACCOUNT,
                            "send",
                            () -> {
                                try {
                                    result.complete(
                                            before.calls()
                                                    .call(
                                                            Kind.SEND,
                                                            ACCOUNT,
                                                            () -> {
                                                                running.complete(true);
                                                                gate.await();
                                                                return old.context
                                                                        .settings()
                                                                        .text("url");
                                                            }));
                                } catch (PluginFailure | InterruptedException failure) {
                                    result.completeExceptionally(failure);
                                }
                            });
            assertThat(running.join()).isTrue();

            accounts.put(ACCOUNT, draft("{\"url\": \"https://new.example\"}"), "operator");

            assertThat(serving()).isNotSameAs(before);
            assertThat(member.channel.last().context.settings().text("url"))
                    .isEqualTo("https://new.example");
            assertThat(old.closed).isFalse();
            gate.countDown();
            assertThat(result.join()).isEqualTo("https://pager.example");
            await().untilAtomic(old.closed, org.hamcrest.Matchers.is(true));
            await().untilAsserted(() ->
                    assertThatThrownBy(() -> old.context.settings())
                            .isInstanceOf(IllegalStateException.class));
            assertThatThrownBy(() -> before.calls().call(Kind.VERIFY, ACCOUNT, () -> 1))
                    .isInstanceOfSatisfying(
                            PluginFailure.class,
                            failure ->
                                    assertThat(failure.why())
                                            .isEqualTo(PluginFailure.Cause.CLOSED));
        }

        @Test
        @DisplayName("is found by everybody at every moment, whatever order changes come in")
        void manyChanges() throws Exception {
            accounts.put(ACCOUNT, draft(), "operator");
            var stop = new CountDownLatch(1);
            var failures = new CopyOnWriteArrayList<Object>();
            var readers = new ArrayList<Thread>();
            for (int i = 0; i < 4; i++) {
                // Platform threads: virtual ones that start others without a pause would leave no
                // carrier to anybody else.
                readers.add(
                        Thread.ofPlatform()
                                .start(() -> {
                                    while (stop.getCount() > 0) {
                                        try {
                                            int one =
                                                    serving()
                                                            .calls()
                                                            .ask(Kind.VERIFY, ACCOUNT, () -> 1);
                                            if (one != 1) {
                                                failures.add(one);
                                            }
                                        } catch (PluginFailure | InterruptedException failure) {
                                            failures.add(failure);
                                        }
                                    }
                                }));
            }
            for (int i = 0; i < 10; i++) {
                accounts.put(ACCOUNT, draft("{\"url\": \"https://x.example/" + i + "\"}"), "me");
            }
            stop.countDown();
            for (var reader : readers) {
                reader.join();
            }

            assertThat(failures).isEmpty();
            assertThat(accounts.view(ACCOUNT).orElseThrow().version()).isEqualTo(11);
        }
    }

    @Nested
    @DisplayName("knows how it is")
    class Healthy {

        @Test
        @DisplayName("by asking its provider before it is saved, and on request")
        void checked() throws Exception {
            member.channel.health =
                    () -> Health.stopped("the provider refuses " + TOKEN, "set the token again");

            var done = (Changed.Done) accounts.put(ACCOUNT, draft(), "operator");
            assertThat(done.account().health())
                    .isEqualTo(Health.stopped("the provider refuses ***", "set the token again"));

            member.channel.health = Health::up;
            assertThat(accounts.check(ACCOUNT)).contains(Health.up());
            assertThat(serving().health()).isEqualTo(Health.up());
            assertThat(accounts.check(AccountId.of("other"))).isEmpty();
        }

        @Test
        @DisplayName("also when asking fails")
        void checkFails() throws Exception {
            accounts.put(ACCOUNT, draft(), "operator");
            member.channel.health =
                    () -> {
                        throw new IllegalStateException("connection refused");
                    };

            assertThat(accounts.check(ACCOUNT)).contains(Health.down("connection refused"));
        }

        @Test
        @DisplayName("by what its plugin and the host report")
        void reported() throws Exception {
            accounts.put(ACCOUNT, draft(), "operator");

            member.channel.last().context.report(Health.degraded("slow today"));
            assertThat(serving().health().text()).isEqualTo("slow today");

            serving().report(Health.stopped("refused", "pay the bill"));
            assertThat(accounts.view(ACCOUNT).orElseThrow().health().action())
                    .isEqualTo("pay the bill");
        }
    }

    private OpenAccount serving() {
        if (accounts.find(ACCOUNT) instanceof Found.Open(OpenAccount account)) {
            return account;
        }
        throw new AssertionError("not open: " + accounts.find(ACCOUNT));
    }

    private static AccountDraft secrets(Map<String, GivenSecret> secrets) {
        return AccountDraft.of(ScriptedChannel.ID, Json.of(URL), secrets);
    }

    private static List<String> problems(Changed changed) {
        return ((Changed.Invalid) changed)
                .problems().stream().map(SettingsProblem::toString).toList();
    }

    private static Conversation conversation(int number) {
        return Conversation.of(
                new ConversationId(new UUID(0, number)), ScriptedChannel.ID, ACCOUNT, "100", "555");
    }
}
