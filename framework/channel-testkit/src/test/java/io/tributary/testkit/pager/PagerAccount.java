package io.tributary.testkit.pager;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Identity;
import io.tributary.model.Json;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.Conversation;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.FetchesMedia;
import io.tributary.spi.Fields;
import io.tributary.spi.Health;
import io.tributary.spi.Http;
import io.tributary.spi.Inbound;
import io.tributary.spi.OffersActions;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Party;
import io.tributary.spi.RawEvent;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.Reconciles;
import io.tributary.spi.SendResult;
import io.tributary.spi.SplitsText;
import io.tributary.spi.Trouble;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// Posts and takes forms. Not final: tests sabotage one method at a time.
public class PagerAccount
        implements Account,
                ReceivesWebhooks,
                Reconciles,
                SplitsText,
                FetchesMedia,
                ChecksHealth,
                OffersActions {

    private static final int SEGMENT = 100;

    protected final AccountContext context;

    public PagerAccount(AccountContext context) {
        this.context = context;
    }

    @Override
    public Capabilities capabilities(Conversation conversation) {
        return Capabilities.NONE.with("text", Capabilities.Support.full()).start();
    }

    @Override
    public WebhookVerdict verify(WebhookRequest request) {
        var key = context.settings().secret("key").reveal();
        var given = request.header("x-signature");
        if (given == null || !same(given, PagerSignature.of(request.body(), key))) {
            return WebhookVerdict.refused("the signature is not the provider's");
        }
        var form = request.form();
        var texts = form.all("text");
        return WebhookVerdict.accepted(
                texts.size() > 1
                        ? pages(form, texts)
                        : Delivery.of(page(form.need("id"), request.body())));
    }

    /// What several pages have in common stands once.
    private static Delivery pages(Fields form, List<String> texts) {
        var events = new ArrayList<RawEvent>();
        for (var text : texts) {
            var one =
                    Fields.of("id", form.need("id") + "-" + events.size())
                            .with("from", form.need("from"))
                            .with("to", form.need("to"))
                            .with("text", text);
            events.add(page(one.need("id"), one.encode()));
        }
        return new Delivery(events, List.of(), List.of());
    }

    private static RawEvent page(String id, Bytes body) {
        return RawEvent.of("page", body, Dedupe.key(id));
    }

    @Override
    public List<Inbound> translate(Arrival arrival) {
        var page = Fields.decode(arrival.event().body());
        var from = page.need("from");
        return List.of(
                Inbound.of(
                        page.need("to"),
                        Party.of(from, Identity.byChannel("pager", from)),
                        Content.text(page.need("text"))));
    }

    @Override
    public SendResult send(OutboundMessage message) throws InterruptedException {
        if (!(message.content() instanceof Content.Text text)) {
            return SendResult.rejected("content", "a pager shows text only");
        }
        try {
            var answer =
                    context.http()
                            .send(Http.Call.post(url("/pages"), Fields.of("text", text.text())));
            var id = answer.header("x-id");
            return answer.status() == 202 && id != null
                    ? SendResult.accepted(id)
                    : SendResult.of(answer);
        } catch (Http.Failure failure) {
            return SendResult.of(failure);
        }
    }

    @Override
    public SendResult lookUp(OutboundMessage message) throws InterruptedException {
        try {
            var answer = context.http().send(Http.Call.get(url("/pages/" + message.key())));
            return answer.status() == 200
                    ? SendResult.accepted(answer.need("x-id"))
                    : SendResult.unknown("look-up", "the service does not say");
        } catch (Http.Failure failure) {
            return SendResult.unknown("look-up", "the service cannot be asked");
        }
    }

    @Override
    public List<String> split(String text) {
        var segments = new ArrayList<String>();
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(from + SEGMENT, text.length());
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            segments.add(text.substring(from, to));
            from = to;
        }
        return segments;
    }

    @Override
    public Location locate(String fetch) throws Trouble, IOException, InterruptedException {
        if (!fetch.startsWith("media-")) {
            throw Trouble.last("media", "that is no media of the pager's");
        }
        return Location.of(url("/" + fetch));
    }

    @Override
    public Health check() throws IOException, InterruptedException {
        var answer = context.http().send(Http.Call.get(url("/")));
        return answer.successful() ? Health.up() : Health.down("it answers " + answer.status());
    }

    @Override
    public List<Action> actions() {
        return List.of(new Action("ping", "Ping the pager service", Json.OBJECT));
    }

    @Override
    public Json perform(String action, Json input) {
        return Json.OBJECT;
    }

    private URI url(String path) {
        return URI.create(context.settings().uri("url") + path);
    }

    private static boolean same(String given, String expected) {
        return MessageDigest.isEqual(Bytes.utf8(given).toArray(), Bytes.utf8(expected).toArray());
    }
}
