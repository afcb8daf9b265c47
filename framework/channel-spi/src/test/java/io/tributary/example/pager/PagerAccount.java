package io.tributary.example.pager;

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
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.util.List;

final class PagerAccount implements Account, ReceivesWebhooks, Sends {

    private final AccountContext context;

    PagerAccount(AccountContext context) {
        this.context = context;
    }

    @Override
    public Capabilities capabilities(Conversation conversation) {
        return Capabilities.NONE
                .with(
                        "text",
                        Capabilities.Support.full().length(240, Capabilities.Unit.CODE_POINTS))
                .start();
    }

    @Override
    public WebhookVerdict verify(WebhookRequest request) {
        if (!context.settings().secret("token").matches(request.header("x-token"))) {
            return WebhookVerdict.refused("wrong token");
        }
        return WebhookVerdict.accepted(
                Delivery.of(
                        RawEvent.of("page", request.body(), Dedupe.key(request.need("x-id")))
                                .note("from", request.need("x-from"))
                                .note("to", request.need("x-to"))));
    }

    @Override
    public List<Inbound> translate(Arrival arrival) {
        var page = arrival.event();
        var pager = Party.of(page.note("from"), Identity.byChannel("pager", page.note("from")));
        return List.of(Inbound.of(page.note("to"), pager, Content.text(page.body().utf8())));
    }

    @Override
    public SendResult send(OutboundMessage message) throws InterruptedException {
        if (!(message.content() instanceof Content.Text text)) {
            return SendResult.rejected("content", "a pager shows text only");
        }
        try {
            var answer =
                    context.http()
                            .send(
                                    Http.Call.post(
                                                    context.settings().uri("url"),
                                                    "text/plain",
                                                    Bytes.utf8(text.text()))
                                            .header("X-To", message.conversation().address())
                                            .header("X-From", message.conversation().line()));
            return answer.status() == 202
                    ? SendResult.accepted(answer.need("x-id"))
                    : SendResult.of(answer);
        } catch (Http.Failure failure) {
            return SendResult.of(failure);
        }
    }
}
