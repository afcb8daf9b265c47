package io.tributary.social.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Json;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.Health;
import io.tributary.spi.OffersActions;
import io.tributary.spi.Outcome;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.WebhookVerdict;
import io.tributary.telegram.simulator.TelegramSimulator;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What Telegram posts, and how it comes to do so.
class WebhookTest {

    private TelegramSimulator telegram;
    private FakeHost host;
    private HostedAccount account;

    @BeforeEach
    void open() throws Exception {
        telegram = TelegramSimulator.start(0, Sample.TOKEN);
        host = new FakeHost();
        account = host.open(new TelegramChannel(), Sample.posted(telegram.uri()));
    }

    @AfterEach
    void close() {
        account.close();
        host.close();
        telegram.close();
    }

    private WebhookVerdict verified(String update) throws Exception {
        return ((ReceivesWebhooks) account.account()).verify(Sample.webhook(update));
    }

    private Health checked() throws Exception {
        return ((ChecksHealth) account.account()).check();
    }

    private Json perform(String action) throws Exception {
        return ((OffersActions) account.account()).perform(action, Json.OBJECT);
    }

    @Test
    @DisplayName("a pressed button is answered in the answer to the webhook, when it is stored")
    void pressed() throws Exception {
        assertThat(verified(Documented.update("callback")))
                .isInstanceOfSatisfying(
                        WebhookVerdict.Accepted.class,
                        accepted ->
                                assertThat(accepted.reply().body().utf8())
                                        .isEqualTo(
                                                "{\"callback_query_id\":\"4382bfdwdsb323b2da\","
                                                        + "\"method\":\"answerCallbackQuery\"}"));
        assertThat(account.webhook(Sample.webhook(Documented.TEXT)).status()).isEqualTo(204);
    }

    @Test
    @DisplayName("another method, no token and two tokens are refused")
    void refused() {
        var good = Sample.webhook(Documented.TEXT);
        assertThat(account.webhook(good.withoutHeader(WebhookReader.HEADER)).status())
                .isEqualTo(401);
        assertThat(account.webhook(good.header(WebhookReader.HEADER, "")).status()).isEqualTo(401);
        assertThat(account.webhook(good.header(WebhookReader.HEADER, Sample.SECRET + "x")).status())
                .isEqualTo(401);
        assertThat(host.stored()).isEmpty();
    }

    @Test
    @DisplayName("what cannot be read is kept as a dead letter and holds nothing up")
    void unreadable() {
        var received = account.webhook(Sample.webhook("{\"update_id\":"));

        assertThat(received.status()).isEqualTo(204);
        assertThat(received.outcomes())
                .extracting(Outcome::fate)
                .containsExactly(Outcome.Fate.DEAD_LETTER);
        var twice = "{\"update_id\":1,\"message\":{\"text\":\"a\",\"text\":\"b\"}}";
        assertThat(account.webhook(Sample.webhook(twice)).outcomes())
                .extracting(Outcome::fate)
                .containsExactly(Outcome.Fate.DEAD_LETTER);
        assertThat(account.webhook(Sample.webhook(Documented.TEXT)).status()).isEqualTo(204);
        assertThat(host.stored()).hasSize(1);
    }

    @Test
    @DisplayName("an operator registers the webhook and removes it")
    void registers() throws Exception {
        assertThat(checked())
                .satisfies(health -> {
                    assertThat(health.state()).isEqualTo(Health.State.DOWN);
                    assertThat(health.action()).contains(Registration.REGISTER);
                });
        assertThat(perform(Registration.REGISTER))
                .isEqualTo(Json.of("{\"webhook\":\"" + FakeHost.webhookUrl("") + "\"}"));
        assertThat(checked().state()).isEqualTo(Health.State.UP);

        perform(Registration.REMOVE);
        assertThat(checked().state()).isEqualTo(Health.State.DOWN);
    }

    @Test
    @DisplayName("an operator is told of kinds of updates that the webhook was not registered for")
    void missingKinds() throws Exception {
        perform(Registration.REGISTER);
        registered("message", "callback_query");
        assertThat(checked())
                .satisfies(health -> {
                    assertThat(health.state()).isEqualTo(Health.State.DEGRADED);
                    assertThat(health.text())
                            .contains("message_reaction", "my_chat_member")
                            .doesNotContain("callback_query");
                    assertThat(health.action()).contains(Registration.REGISTER);
                });
        registered();
        assertThat(checked().text())
                .endsWith("does not post message_reaction, message_reaction_count");

        perform(Registration.REGISTER);
        assertThat(checked().state()).isEqualTo(Health.State.UP);
        var further = Sample.posted(telegram.uri()).with("furtherUpdates", List.of("chat_member"));
        try (var other = host.open(new TelegramChannel(), further)) {
            assertThat(((ChecksHealth) other.account()).check().text()).endsWith("chat_member");
        }
    }

    /// As an older version may have done it.
    private void registered(String... kinds) throws Exception {
        var context = host.context(Sample.settings(telegram.uri()));
        var webhook = StrictJson.object().put("url", FakeHost.webhookUrl("").toString());
        var named = webhook.putArray("allowed_updates");
        List.of(kinds).forEach(named::add);
        var api = new BotApi(context.http(), telegram.uri(), Sample.SECRET_TOKEN);
        assertThat(api.call("setWebhook", webhook).ok()).isTrue();
    }

    @Test
    @DisplayName("an account that asks for its updates is not well while a webhook takes them")
    void inTheWay() throws Exception {
        perform(Registration.REGISTER);
        try (var asking = host.open(new TelegramChannel(), Sample.settings(telegram.uri()))) {
            assertThat(((ChecksHealth) asking.account()).check())
                    .satisfies(health -> {
                        assertThat(health.state()).isEqualTo(Health.State.DOWN);
                        assertThat(health.action()).contains(Registration.REMOVE);
                    });
            ((OffersActions) asking.account()).perform(Registration.REMOVE, Json.OBJECT);
            assertThat(((ChecksHealth) asking.account()).check().state())
                    .isEqualTo(Health.State.UP);
        }
    }

    @Test
    @DisplayName("a chat of hostile names and texts becomes nothing but text")
    void hostile() throws Exception {
        var update =
                Documented.TEXT.replace(
                        "\"/start\"", "\"<img src=x onerror=alert(1)>\\u0000\\ud800\"");
        account.webhook(Sample.webhook(update));

        assertThat(host.stored().getFirst().inbound().content())
                .isEqualTo(Content.text("<img src=x onerror=alert(1)>\u0000\ud800"));
        assertThat(StrictJson.read(Bytes.utf8("[".repeat(100_000)))).isNull();
    }
}
