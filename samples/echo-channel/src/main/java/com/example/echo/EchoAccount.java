package com.example.echo;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Identity;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Conversation;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Http;
import io.tributary.spi.Inbound;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Party;
import io.tributary.spi.RawEvent;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.util.List;

/// One account: whatever is said to a customer comes back as if the customer had said it. What is
/// sent goes to the account's own webhook, by HTTP, as a service's text would.
final class EchoAccount implements Account, ReceivesWebhooks, Sends {

    private static final int LONGEST_TEXT = 1_000;

    private final AccountContext context;

    EchoAccount(AccountContext context) {
        this.context = context;
    }

    @Override
    public Capabilities capabilities(Conversation conversation) {
        var text = Capabilities.Support.full().length(LONGEST_TEXT, Capabilities.Unit.CODE_POINTS);
        return Capabilities.NONE.with("text", text).start();
    }

    /// Checks the bytes as they came, before anything is read out of them.
    @Override
    public WebhookVerdict verify(WebhookRequest request) {
        if (!context.settings().secret("token").matches(request.header("x-token"))) {
            return WebhookVerdict.refused("the token is not the service's");
        }
        var id = request.need("x-id");
        var event =
                RawEvent.of("text", request.body(), Dedupe.key(id))
                        .note("from", request.need("x-from"))
                        .note("to", request.need("x-to"));
        return WebhookVerdict.accepted(
                Delivery.of(event), new WebhookReply(202, "text/plain", Bytes.utf8(id)));
    }

    /// Knows nothing but the event: it is called again when events are replayed.
    @Override
    public List<Inbound> translate(Arrival arrival) {
        var event = arrival.event();
        var from = event.note("from");
        return List.of(
                Inbound.of(
                        event.note("to"),
                        Party.of(from, Identity.byChannel("echo", from)),
                        Content.text(event.body().utf8())));
    }

    @Override
    public SendResult send(OutboundMessage message) throws InterruptedException {
        if (!(message.content() instanceof Content.Text text)) {
            return SendResult.rejected("content", "only text can be sent");
        }
        try {
            var answer = context.http().send(call(message, text));
            return isTheirs(answer)
                    ? SendResult.accepted(answer.body().utf8())
                    : SendResult.of(answer);
        } catch (Http.Failure failure) {
            return SendResult.of(failure);
        }
    }

    /// A page of some proxy's in between is no answer of the service's.
    private static boolean isTheirs(Http.Answer answer) {
        var type = answer.header("content-type");
        return answer.status() == 202
                && type != null
                && type.startsWith("text/plain")
                && !answer.body().isEmpty();
    }

    private Http.Call call(OutboundMessage message, Content.Text text) {
        var settings = context.settings();
        var conversation = message.conversation();
        return Http.Call.post(settings.uri("url"), "text/plain", Bytes.utf8(text.text()))
                .header("X-Id", message.key())
                // who is written to is who answers
                .header("X-From", conversation.address())
                .header("X-To", conversation.line())
                .header("X-Token", settings.secret("token").reveal());
    }
}
