package io.tributary.host.accounts;

import static io.tributary.host.accounts.Member.ACCOUNT;
import static io.tributary.host.accounts.Member.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tributary.host.calls.Calls.Kind;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Unit;
import io.tributary.model.Bytes;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import io.tributary.model.MediaId;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Door;
import io.tributary.spi.Health;
import io.tributary.spi.Http;
import io.tributary.spi.NotStored;
import io.tributary.spi.State;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@DisplayName("what an account is given")
class GivenContextTest {

    @TempDir Path folder;

    private final Logger logger = (Logger) LoggerFactory.getLogger("plugin.pager");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private Member member;
    private Accounts accounts;
    private AccountContext context;

    @BeforeEach
    void open() throws Exception {
        member = new Member(folder);
        accounts = member.accounts();
        assertThat(accounts.put(ACCOUNT, Member.draft(), "operator"))
                .isInstanceOf(Changed.Done.class);
        context = member.channel.last().context;
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
    }

    @AfterEach
    void close() {
        logger.detachAppender(lines);
        logger.setLevel(null);
        logger.setAdditive(true);
        accounts.close();
        member.close();
    }

    @Test
    @DisplayName("is taken back at close: nothing of it works any more, whoever kept it")
    void takenBack() throws Exception {
        var settings = context.settings();
        var secret = settings.secret("token");
        var state = context.state();
        var http = context.http();
        var log = context.log();
        var media = context.media();
        var stream = media.open(new MediaId(new UUID(0, 1)));
        var metrics = context.metrics();
        var clock = context.clock();
        var executor = context.executor();
        var interrupted = new CompletableFuture<Boolean>();
        var began = new CountDownLatch(1);
        executor.execute(() -> {
            try {
                began.countDown();
                new CountDownLatch(1).await();
            } catch (InterruptedException asExpected) {
                interrupted.complete(true);
            }
        });
        began.await();

        accounts.close();

        assertThat(interrupted.join()).isTrue();
        assertThat(member.ways.getFirst().closed).isTrue();
        var call = Http.Call.get(URI.create("https://pager.example"));
        assertRefused(() -> settings.text("url"));
        assertRefused(secret::reveal);
        assertRefused(() -> secret.matches(TOKEN));
        assertRefused(() -> state.read("key"));
        assertRefused(() -> state.write(State.Change.set("key", Bytes.EMPTY)));
        assertRefused(() -> http.send(call));
        assertRefused(() -> log.log(System.Logger.Level.INFO, "still here"));
        assertRefused(() -> media.link(new MediaId(new UUID(0, 1)), Duration.ofHours(1)));
        assertRefused(stream::read);
        assertRefused(() -> metrics.count("late", 1));
        assertRefused(clock::instant);
        assertRefused(() -> executor.execute(() -> {}));
        assertRefused(() -> context.report(Health.up()));
        assertRefused(() -> context.url(Door.WEBHOOK, ""));
        assertRefused(context::changed);
        assertRefused(context::settings);
    }

    @Test
    @DisplayName("knows where its doors are")
    void doors() {
        assertThat(context.url(Door.WEBHOOK, ""))
                .hasToString("https://hooks.example.com/channels/pager-us/webhook");
        assertThat(context.url(Door.WEBHOOK, "status/a b"))
                .hasToString("https://hooks.example.com/channels/pager-us/webhook/status/a%20b");
        assertThat(context.url(Door.CONNECT, ""))
                .hasToString("wss://hooks.example.com/channels/pager-us/connect");
        assertThat(context.url(Door.PAGES, "index.html"))
                .hasToString("https://pages.example.com/base/channels/pager-us/pages/index.html");
        for (var strange : new String[] {"/a", "../a", "a/../b", "a?b", "a#b"}) {
            assertThatThrownBy(() -> context.url(Door.PAGES, strange))
                    .as(strange)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("stores state durably, and says when somebody else was faster")
    void state() throws Exception {
        var state = context.state();
        assertThat(state.read("cursor")).isNull();

        state.write(State.Change.put("cursor", null, Bytes.utf8("1")));
        var first = state.read("cursor");
        assertThat(first).isNotNull();
        state.write(
                State.Change.put("cursor", first, Bytes.utf8("2")),
                State.Change.set("other", Bytes.utf8("x")));

        assertThat(state.list("cur")).extracting(State.Entry::key).containsExactly("cursor");
        assertThat(
                        catchThrowableOfType(
                                        NotStored.class,
                                        () ->
                                                state.write(
                                                        State.Change.put(
                                                                "cursor", first, Bytes.EMPTY)))
                                .why())
                .isEqualTo(NotStored.Why.CONFLICT);
        state.write(State.Change.remove("other"));
        assertThat(state.list("")).extracting(State.Entry::key).containsExactly("cursor");
    }

    @Test
    @DisplayName("neither shows nor lets anybody clear what the host keeps beside the state")
    void reservedState() throws Exception {
        member.journal
                .append(
                        Unit.of(
                                new Change.PutState(
                                        ACCOUNT, "tributary.quota", Bytes.utf8("1:1"), null)))
                .get();
        var state = context.state();
        state.write(State.Change.set("cursor", Bytes.EMPTY));

        assertThat(state.read("tributary.quota")).isNull();
        assertThat(state.list("")).extracting(State.Entry::key).containsExactly("cursor");
        assertThatThrownBy(() -> State.Change.remove("tributary.quota"))
                .isInstanceOf(IllegalArgumentException.class);
        for (var shown : state.list("")) {
            state.write(State.Change.remove(shown));
        }
        assertThat(member.journal.pluginState().read(ACCOUNT, "tributary.quota")).isPresent();
    }

    @Test
    @DisplayName("says so when state cannot be stored or read now")
    void stateUnavailable() {
        var state = context.state();
        member.journal.close();

        assertThat(
                        catchThrowableOfType(
                                        NotStored.class,
                                        () -> state.write(State.Change.set("a", Bytes.EMPTY)))
                                .why())
                .isEqualTo(NotStored.Why.UNAVAILABLE);
        assertThatThrownBy(() -> state.read("a")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    @DisplayName("does not run out of time while its state is being stored")
    void stateTakesNoTime() throws Exception {
        var release = new CountDownLatch(1);
        var blocked = new CountDownLatch(1);
        try (var _ =
                member.journal.onCommit(_ -> {
                    blocked.countDown();
                    waitFor(release);
                })) {
            var first = member.journal.append(Unit.of(interaction()));
            blocked.await();
            var written = new CompletableFuture<Boolean>();
            member.calls.start(ACCOUNT, "test", () -> written.complete(writesInTime()));
            var began = System.nanoTime();
            await().until(() -> System.nanoTime() - began > 500_000_000L);
            release.countDown();

            assertThat(written.join()).isTrue();
            assertThat(first).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    @DisplayName("has a log with the account's name, without secrets and without false lines")
    void log() {
        var log = context.log();

        log.log(System.Logger.Level.INFO, "token {0} of {1}", TOKEN, 42);
        log.log(
                System.Logger.Level.WARNING,
                "two\nlines",
                new IllegalStateException("with " + TOKEN));
        log.log(System.Logger.Level.DEBUG, "not shown");

        assertThat(lines.list).hasSize(2);
        assertThat(lines.list.getFirst().getFormattedMessage())
                .isEqualTo("account pager-us: token *** of 42");
        assertThat(lines.list.getLast())
                .satisfies(line -> {
                    assertThat(line.getLevel()).isEqualTo(Level.WARN);
                    assertThat(line.getFormattedMessage())
                            .startsWith(
                                    "account pager-us: two\n    lines\n"
                                            + "    java.lang.IllegalStateException: with ***");
                    assertThat(line.getThrowableProxy()).isNull();
                });
    }

    @Test
    @DisplayName("can log a lot, but not without end")
    void floodOfLines() {
        for (int i = 0; i < 10_000; i++) {
            context.log().log(System.Logger.Level.INFO, "again");
        }

        assertThat(lines.list).hasSizeBetween(100, 1_000);
    }

    @Test
    @DisplayName("runs tasks with the plugin's class loader, and logs those that fail")
    void tasks() {
        var loader = new CompletableFuture<ClassLoader>();
        context.executor()
                .execute(() -> loader.complete(Thread.currentThread().getContextClassLoader()));
        context.executor()
                .execute(() -> {
                    throw new IllegalStateException("no " + TOKEN);
                });

        assertThat(loader.join()).isSameAs(ScriptedChannel.class.getClassLoader());
        await().until(() -> !lines.list.isEmpty());
        assertThat(lines.list.getFirst().getFormattedMessage())
                .contains("a task of the account failed")
                .contains("no ***");
    }

    @Test
    @DisplayName("counts under names that can be shown, and not under too many")
    void metrics() {
        context.metrics().count("segments.sent", 3);
        context.metrics().time("wait", Duration.ofMillis(5));

        assertThat(member.counted).containsEntry("segments.sent", 3L).containsEntry("wait", 5L);
        for (var wrong : new String[] {"", "Segments", "a..b", "a.", ".a", "a b", "1a", "a-b"}) {
            assertThatThrownBy(() -> context.metrics().count(wrong, 1))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> context.metrics().count("a", -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 100; i++) {
                                context.metrics().count("customer.n" + i, 1);
                            }
                        })
                .hasMessageContaining("more than 64 figures");
    }

    @Test
    @DisplayName("reads media, and closes by itself what was left open")
    void media() throws Exception {
        try (InputStream stream = context.media().open(new MediaId(new UUID(0, 1)))) {
            assertThat(stream.readAllBytes()).containsExactly(1, 2, 3);
        }
    }

    private static Change interaction() {
        return new Change.Append(
                new InteractionId(new UUID(0, 7)),
                null,
                null,
                ScriptedChannel.ID,
                ACCOUNT,
                Direction.INTERNAL,
                "note",
                Change.Weight.QUIET,
                Instant.EPOCH,
                Bytes.utf8("{}"));
    }

    private boolean writesInTime() {
        try {
            return member.calls.call(
                    Kind.CAPABILITIES,
                    ACCOUNT,
                    () -> {
                        context.state().write(State.Change.set("slow", Bytes.EMPTY));
                        return !Thread.currentThread().isInterrupted();
                    });
        } catch (io.tributary.host.calls.PluginFailure | InterruptedException failure) {
            return false;
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertRefused(ThrowingCallable use) {
        assertThatThrownBy(use)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("account pager-us was closed");
    }
}
