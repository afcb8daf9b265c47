package io.tributary.example.pager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.spi.Arrival;
import io.tributary.spi.Conversation;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Http;
import io.tributary.spi.Inbound;
import io.tributary.spi.Malformed;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sent;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the channel that the SPI's documentation shows")
class PagerChannelTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final List<Http.Call> calls = new ArrayList<>();

    @Test
    @DisplayName("names itself and brings its settings' schema and icon")
    void descriptor() {
        var descriptor = new PagerChannel().descriptor();

        assertThat(descriptor.id()).isEqualTo(ChannelId.of("pager"));
        assertThat(descriptor.settings().text()).contains("\"writeOnly\": true");
        assertThat(descriptor.icon()).startsWith("<svg");
        assertThat(descriptor.speaks()).containsExactly(ChannelId.of("pager"));
        assertThat(descriptor.callsAtOnce()).isEqualTo(64);
    }

    @Test
    @DisplayName("turns a page into an inbound text that its pager wrote")
    void receives() {
        var account = account(Http.Answer.of(202));

        var verdict = (WebhookVerdict.Accepted) account.verify(page());
        var event = verdict.delivery().events().getFirst();
        var inbounds = account.translate(Arrival.of(event, NOW));

        assertThat(event.dedupe()).isEqualTo(Dedupe.key("p1"));
        assertThat(verdict.reply().status()).isEqualTo(204);
        assertThat(inbounds).extracting(Inbound::line).containsExactly("100");
        assertThat(inbounds).extracting(Inbound::content).containsExactly(Content.text("come"));
        assertThat(account.translate(Arrival.of(event, NOW))).isEqualTo(inbounds);
    }

    @Test
    @DisplayName("refuses a page with a wrong token or none")
    void forged() {
        var account = account(Http.Answer.of(202));

        assertThat(account.verify(page().header("x-token", "other")))
                .isInstanceOf(WebhookVerdict.Refused.class);
        assertThat(account.verify(page().withoutHeader("x-token")))
                .isInstanceOf(WebhookVerdict.Refused.class);
    }

    @Test
    @DisplayName("calls a page without an id malformed")
    void withoutId() {
        var account = account(Http.Answer.of(202));

        assertThatThrownBy(() -> account.verify(page().withoutHeader("X-Id")))
                .isInstanceOf(Malformed.class)
                .hasMessage("header x-id is missing");
    }

    @Test
    @DisplayName("posts a reply and keeps the id that the provider gave")
    void sends() throws InterruptedException {
        var account = account(Http.Answer.of(202).header("X-Id", "q7"));

        var result = account.send(reply(Content.text("soon")));

        assertThat(result.sent()).containsExactly(Sent.whole("q7"));
        var call = calls.getFirst();
        assertThat(call.uri()).isEqualTo(PagerContext.PROVIDER);
        assertThat(call.body()).isEqualTo(Bytes.utf8("soon"));
        assertThat(call.headers()).containsEntry("x-to", List.of("555"));
    }

    @Test
    @DisplayName("says what has to wait when the provider is too busy")
    void busy() throws InterruptedException {
        var account = account(Http.Answer.of(429).header("Retry-After", "30"));

        assertThat(account.send(reply(Content.text("soon"))))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> {
                            assertThat(retry.after()).isEqualTo(Duration.ofSeconds(30));
                            assertThat(retry.scope()).isEqualTo(Scope.ACCOUNT);
                        });
    }

    @Test
    @DisplayName("does not know what became of a page that got no answer")
    void silence() throws InterruptedException {
        Http broken =
                call -> {
                    throw new Http.Failure("closed", true, null);
                };
        var account = new PagerAccount(new PagerContext(broken));

        assertThat(account.send(reply(Content.text("soon"))))
                .isInstanceOf(SendResult.Unknown.class);
    }

    @Test
    @DisplayName("refuses what a pager cannot show without asking the provider")
    void unknownContent() throws InterruptedException {
        var account = account(Http.Answer.of(202));

        assertThat(account.send(reply(Content.location(1, 2))))
                .isInstanceOf(SendResult.Rejected.class);
        assertThat(calls).isEmpty();
    }

    private PagerAccount account(Http.Answer answer) {
        return new PagerAccount(
                new PagerContext(call -> {
                    calls.add(call);
                    return answer;
                }));
    }

    private static WebhookRequest page() {
        return WebhookRequest.of(
                        "POST", URI.create("https://us.example/webhook"), Bytes.utf8("come"), NOW)
                .header("X-Token", PagerContext.TOKEN)
                .header("X-Id", "p1")
                .header("X-From", "555")
                .header("X-To", "100");
    }

    private static OutboundMessage reply(Content content) {
        var conversation =
                Conversation.of(
                        new ConversationId(new UUID(0, 1)),
                        ChannelId.of("pager"),
                        AccountId.of("pager-test"),
                        "100",
                        "555");
        return OutboundMessage.of(
                "k1", new InteractionId(new UUID(0, 2)), conversation, NOW, content);
    }
}
