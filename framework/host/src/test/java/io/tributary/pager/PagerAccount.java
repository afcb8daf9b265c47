package io.tributary.pager;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Identity;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.Conversation;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Fields;
import io.tributary.spi.Health;
import io.tributary.spi.Http;
import io.tributary.spi.Inbound;
import io.tributary.spi.Line;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Party;
import io.tributary.spi.RawEvent;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.time.Duration;
import java.util.List;

/// Takes what shows the key, and accepts whatever is sent. Settings may say that it is jammed and
/// refuses that, that it is terse and carries little, or which exchange pages are passed to. A page
/// that does not say from whom it is cannot be read, unless a setting names who that is.
final class PagerAccount implements Account, ReceivesWebhooks, Sends, ChecksHealth {

    private final AccountContext context;

    PagerAccount(AccountContext context) {
        this.context = context;
    }

    @Override
    public Capabilities capabilities(Conversation conversation) {
        Capabilities.Support text = Capabilities.Support.full();
        return Capabilities.NONE
                .with(
                        "text",
                        context.settings().flag("terse", false)
                                ? text.length(3, Capabilities.Unit.CODE_POINTS)
                                : text)
                .start();
    }

    @Override
    public List<Line> lines() {
        return List.of(Line.of("desk", "The desk"));
    }

    @Override
    public WebhookVerdict verify(WebhookRequest request) {
        String key = context.settings().secret("key").reveal();
        if (!key.equals(request.header("x-key"))) {
            return WebhookVerdict.refused("the key is not the account's");
        }
        return WebhookVerdict.accepted(
                Delivery.of(
                        RawEvent.of(
                                "page", request.body(), Dedupe.key(request.form().need("id")))));
    }

    @Override
    public List<Inbound> translate(Arrival arrival) {
        Fields page = Fields.decode(arrival.event().body());
        return context.settings().has("stranger") && page.first("from") == null
                ? List.of(said(context.settings().text("stranger"), "[no words]"))
                : List.of(said(page.need("from"), page.need("text")));
    }

    private static Inbound said(String from, String text) {
        return Inbound.of(
                "desk", Party.of(from, Identity.byChannel("pager", from)), Content.text(text));
    }

    @Override
    public SendResult send(OutboundMessage message) throws InterruptedException {
        if (context.settings().flag("busy", false)) {
            return SendResult.retry(Duration.ofDays(2), Scope.MESSAGE, "busy", "in two days again");
        }
        if (context.settings().flag("jammed", false)) {
            return SendResult.rejected("jammed", "the pager is jammed");
        }
        if (context.settings().has("exchange")) {
            return pass(message);
        }
        context.metrics().count("pages.sent", 1);
        return SendResult.accepted("x-" + message.key());
    }

    private SendResult pass(OutboundMessage message) throws InterruptedException {
        String page =
                "{\"to\":\"%s\",\"text\":\"%s\"}"
                        .formatted(
                                message.conversation().address(),
                                message.parts().getFirst().content().fallback());
        try {
            var answer =
                    context.http()
                            .send(
                                    Http.Call.post(
                                            context.settings().uri("exchange"),
                                            "application/json",
                                            Bytes.utf8(page)));
            return answer.successful()
                    ? SendResult.accepted("x-" + message.key())
                    : SendResult.rejected("refused", "the exchange refuses it");
        } catch (Http.Failure failure) {
            return SendResult.unknown("exchange", "the exchange did not answer");
        }
    }

    @Override
    public Health check() throws Http.Failure, InterruptedException {
        if (context.settings().has("tower")) {
            var answer = context.http().send(Http.Call.get(context.settings().uri("tower")));
            return answer.successful() ? Health.up() : Health.degraded("the tower is odd");
        }
        return context.settings().flag("down", false)
                ? Health.down("the pager tower is dark")
                : Health.up();
    }
}
