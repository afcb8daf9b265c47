package io.tributary.voice.twilio;

import io.tributary.model.Content.Receipt;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Support;
import io.tributary.spi.Capabilities.Unit;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.Conversation;
import io.tributary.spi.FetchesMedia;
import io.tributary.spi.Health;
import io.tributary.spi.Inbound;
import io.tributary.spi.Line;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.Settings;
import io.tributary.spi.Trouble;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import io.tributary.twilio.AccountCheck;
import io.tributary.twilio.SignedRequests;
import io.tributary.twilio.TwilioApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One Twilio account with the numbers that customers call.
final class VoiceAccount implements Account, ReceivesWebhooks, Sends, FetchesMedia, ChecksHealth {

    /// Said to be added to a request when it is signed already. Where they are covered by the
    /// signature, so much the better; where not, the request is genuine, and they prove nothing.
    private static final Set<String> ADDED_LATER = Set.of("StirVerstat", "CallToken");

    /// Two minutes of speech; with every letter escaped it may still be refused.
    private static final int LONGEST_ANNOUNCEMENT = 1500;

    private final Settings settings;
    private final TwilioApi api;
    private final WebhookReader webhooks;
    private final Translation translation;
    private final Outgoing outgoing;
    private final Capabilities capabilities;

    VoiceAccount(AccountContext context) {
        settings = context.settings();
        var accountSid = settings.text("accountSid");
        var authToken = settings.secret("authToken");
        var publicUrl = settings.has("publicUrl") ? settings.uri("publicUrl") : null;
        api = new TwilioApi(context.http(), AccountCheck.apiBase(settings), accountSid, authToken);
        var routing = Routing.of(settings.section("routing"));
        var callbacks = new Callbacks(context, publicUrl);
        var listening = listening(routing, callbacks);
        var flow = new CallFlow(routing, callbacks, listening);
        var requests = new SignedRequests(authToken, accountSid, publicUrl, ADDED_LATER);
        webhooks = new WebhookReader(requests, flow, new LiveCalls(context.state()));
        translation = new Translation(settings.flag("trustCallerId", false));
        boolean announces = settings.flag("announcements", false);
        var orders = new Orders(flow, callbacks, listening, new Agents(settings));
        outgoing = new Outgoing(context, api, orders, announces);
        capabilities = capabilities(announces);
    }

    private Listening listening(Routing routing, Callbacks callbacks) {
        return new Listening(
                settings.flag("recordCalls", false),
                settings.flag("transcribeCalls", false),
                routing.speech().language(),
                callbacks);
    }

    private Capabilities capabilities(boolean announces) {
        int perSecond = (int) settings.number("callsPerSecond", 1);
        var orders =
                Support.full().values("dial", "answer", "hold", "resume", "transfer", "hang_up");
        var calls =
                Capabilities.NONE
                        .with("callOrder", orders)
                        .rates(
                                Capabilities.Rate.of(
                                        Scope.ACCOUNT, perSecond, Duration.ofSeconds(1)))
                        .receipts(
                                Receipt.Status.SENT,
                                Receipt.Status.DELIVERED,
                                Receipt.Status.FAILED)
                        .start();
        return announces
                ? calls.with("text", Support.full().length(LONGEST_ANNOUNCEMENT, Unit.UTF16))
                : calls;
    }

    @Override
    public Capabilities capabilities(Conversation conversation) {
        return capabilities;
    }

    @Override
    public List<Line> lines() {
        var lines = new ArrayList<Line>();
        lines.add(Line.of(settings.text("from"), settings.text("from")));
        for (var number : settings.texts("numbers")) {
            lines.add(Line.of(number, number));
        }
        return List.copyOf(lines);
    }

    @Override
    public WebhookVerdict verify(WebhookRequest request) {
        return webhooks.verify(request);
    }

    @Override
    public List<Inbound> translate(Arrival arrival) {
        return translation.of(arrival);
    }

    @Override
    public SendResult send(OutboundMessage message) throws InterruptedException {
        return outgoing.send(message);
    }

    /// Recordings are at Twilio, and need the account's credentials; nobody else is asked for one.
    @Override
    public Location locate(String fetch) throws Trouble {
        var address = TwilioApi.webAddress(fetch);
        if (address == null || !api.trusts(address)) {
            throw Trouble.last(
                    "recording-url", "the recording is said to be elsewhere than Twilio");
        }
        return new Location(address, Map.of("Authorization", api.credentials()));
    }

    @Override
    public Health check() throws InterruptedException {
        return AccountCheck.health(api);
    }
}
