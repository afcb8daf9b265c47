package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Conversation;
import io.tributary.spi.Door;
import io.tributary.spi.Http;
import io.tributary.spi.NotStored;
import io.tributary.spi.Outcome;
import io.tributary.spi.State;
import io.tributary.spi.WebhookReply;
import io.tributary.testkit.pager.PagerAccount;
import io.tributary.testkit.pager.PagerChannel;
import io.tributary.testkit.pager.PagerContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the fake host")
class FakeHostTest {

    private static final Conversation CONVERSATION =
            Conversation.of(
                    new ConversationId(new UUID(0, 1)),
                    ChannelId.of("pager"),
                    FakeHost.ACCOUNT,
                    "100",
                    "555");

    private final FakeHost host = new FakeHost();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    @DisplayName("keeps a genuine webhook once and answers as the plugin said")
    void webhooks() throws Exception {
        try (var account = host.open(new PagerChannel(), settings())) {
            var first = account.webhook(PagerContract.page("p1", "come"));
            var second = account.webhook(PagerContract.page("p1", "come"));

            assertThat(first.status()).isEqualTo(204);
            assertThat(first.reply()).isEqualTo(WebhookReply.EMPTY);
            assertThat(first.outcomes())
                    .extracting(Outcome::fate)
                    .containsExactly(Outcome.Fate.STORED);
            assertThat(second.outcomes().getFirst())
                    .isEqualTo(
                            new Outcome(Outcome.Fate.DUPLICATE, first.outcomes().getFirst().ids()));
            assertThat(host.stored())
                    .extracting(stored -> stored.inbound().content())
                    .containsExactly(Content.text("come"));
        }
    }

    @Test
    @DisplayName("answers malformed, forged and broken webhooks as the real one does")
    void refusals() throws Exception {
        try (var account = host.open(new PagerChannel(), settings())) {
            var withoutId = PagerContract.signed(Bytes.utf8("from=555"));
            var withoutText = PagerContract.signed(Bytes.utf8("id=1&from=555&to=100"));

            assertThat(account.webhook(withoutId).status()).isEqualTo(400);
            assertThat(account.webhook(withoutId.withoutHeader("x-signature")).status())
                    .isEqualTo(401);
            assertThat(account.webhook(withoutText).status()).isEqualTo(204);
            assertThat(host.deadLetters())
                    .extracting(DeadLetter::problem)
                    .containsExactly("io.tributary.spi.Malformed: field text is missing");
        }
    }

    @Test
    @DisplayName("calls nothing but the loopback")
    void egress() {
        var http = host.context(settings()).http();

        for (var elsewhere : new String[] {"http://10.0.0.1/", "https://provider.example/"}) {
            assertThatThrownBy(() -> http.send(Http.Call.get(URI.create(elsewhere))))
                    .isInstanceOfSatisfying(
                            Http.Failure.class, failure -> assertThat(failure.written()).isFalse())
                    .hasMessageContaining("the loopback only");
        }
    }

    @Test
    @DisplayName("knows whether a request was written")
    void written() throws Exception {
        var http = host.context(settings()).http();
        try (var provider = LoopbackProvider.hangingUp()) {
            assertThatThrownBy(() -> http.send(Http.Call.get(provider.uri())))
                    .isInstanceOfSatisfying(
                            Http.Failure.class, failure -> assertThat(failure.written()).isTrue());
            assertThat(provider.requests()).isPositive();
        }
        assertThatThrownBy(() -> http.send(Http.Call.get(LoopbackProvider.unreachable())))
                .isInstanceOfSatisfying(
                        Http.Failure.class, failure -> assertThat(failure.written()).isFalse());
        try (var provider = LoopbackProvider.answering(201, "text/plain", "done")) {
            var call = Http.Call.post(provider.uri(), "text/plain", Bytes.utf8("do"));
            var answer = http.send(call.header("X-Trace", "1"));

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
            assertThat(answer.body().utf8()).isEqualTo("done");
        }
    }

    @Test
    @DisplayName("has state that cannot be written, or read, while a test wants that")
    void stateAway() throws Exception {
        var state = host.context(settings()).state();
        state.write(State.Change.set("cursor", Bytes.utf8("1")));

        host.storeUnavailable(true);
        assertThatThrownBy(() -> state.write(State.Change.set("cursor", Bytes.utf8("2"))))
                .isInstanceOfSatisfying(
                        NotStored.class,
                        refused -> assertThat(refused.why()).isEqualTo(NotStored.Why.UNAVAILABLE));
        host.stateUnreadable(true);
        assertThatThrownBy(() -> state.read("cursor")).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> state.list("")).isInstanceOf(UncheckedIOException.class);

        host.storeUnavailable(false);
        host.stateUnreadable(false);
        assertThat(state.list(""))
                .singleElement()
                .satisfies(each -> assertThat(each.value()).isEqualTo(Bytes.utf8("1")));
    }

    @Test
    @DisplayName("takes the context back at close")
    void takesBack() throws Exception {
        var escaped = new AccountContext[1];
        var account =
                host.open(
                        new PagerChannel() {
                            @Override
                            public Account open(AccountContext context) {
                                escaped[0] = context;
                                return super.open(context);
                            }
                        },
                        settings());
        var context = escaped[0];
        var http = context.http();
        var state = context.state();
        account.close();

        var call = Http.Call.get(LoopbackProvider.unreachable());
        assertThatThrownBy(() -> http.send(call)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> state.read("k")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(context::settings).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(context::executor).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("interrupts an account's own threads at close")
    void interrupts() throws Exception {
        var interrupted = new CountDownLatch(1);
        try (var account =
                host.open(
                        new PagerChannel() {
                            @Override
                            public Account open(AccountContext context) {
                                return new StartsThread(context, interrupted);
                            }
                        },
                        settings())) {
            account.capabilities(CONVERSATION);
        }
        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    @DisplayName("fails a call that misses its deadline")
    void deadline() throws Exception {
        try (var account =
                host.open(
                        new PagerChannel() {
                            @Override
                            public Account open(AccountContext context) {
                                return new Sleeps(context);
                            }
                        },
                        settings())) {
            assertThatThrownBy(() -> account.capabilities(CONVERSATION))
                    .isInstanceOf(DeadlineMissed.class)
                    .hasMessage("CAPABILITIES took longer than 200 ms");
        }
    }

    @Test
    @DisplayName("finds what was given away")
    void redaction() {
        var log = host.context(settings()).log();
        log.log(System.Logger.Level.INFO, "sent {0} to {1}", "sesame", "555");
        log.log(System.Logger.Level.ERROR, "failed", new IOException("at number 42"));

        host.assertRedacted("open");
        assertThatThrownBy(() -> host.assertRedacted("sesame")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> host.assertRedacted("number 42"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("keeps media and says where things are")
    void mediaAndDoors() throws IOException {
        var context = host.context(settings());
        var id = context.media().keep(Bytes.utf8("picture").asStream(), null, "image/png");

        try (var stream = context.media().open(id)) {
            assertThat(stream.readAllBytes()).asString().isEqualTo("picture");
        }
        assertThat(context.media().link(id, Duration.ofMinutes(1)))
                .hasToString("https://tributary.example/media/" + id);
        assertThat(context.url(Door.WEBHOOK, "status"))
                .isEqualTo(FakeHost.webhookUrl("status"))
                .hasToString(
                        "https://tributary.example/channels/account-under-test/webhook/status");
    }

    private static TestSettings settings() {
        return TestSettings.NONE
                .with("url", LoopbackProvider.unreachable())
                .withSecret("key", PagerContract.KEY);
    }

    private static final class StartsThread extends PagerAccount {
        private final CountDownLatch interrupted;

        StartsThread(AccountContext context, CountDownLatch interrupted) {
            super(context);
            this.interrupted = interrupted;
        }

        @Override
        public Capabilities capabilities(Conversation conversation) {
            var started = new CountDownLatch(1);
            context.executor().execute(() -> waitForInterrupt(started));
            try {
                started.await();
            } catch (InterruptedException late) {
                throw new IllegalStateException(late);
            }
            return Capabilities.NONE;
        }

        private void waitForInterrupt(CountDownLatch started) {
            try {
                started.countDown();
                new CountDownLatch(1).await();
            } catch (InterruptedException closed) {
                interrupted.countDown();
            }
        }
    }

    private static final class Sleeps extends PagerAccount {
        Sleeps(AccountContext context) {
            super(context);
        }

        @Override
        public Capabilities capabilities(Conversation conversation) {
            try {
                new CountDownLatch(1).await();
                return Capabilities.NONE;
            } catch (InterruptedException deadline) {
                throw new IllegalStateException("interrupted", deadline);
            }
        }
    }
}
