package io.tributary.sms.twilio;

import io.tributary.model.Content.Receipt;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Support;
import io.tributary.spi.Capabilities.Unit;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.Conversation;
import io.tributary.spi.Door;
import io.tributary.spi.FetchesMedia;
import io.tributary.spi.Health;
import io.tributary.spi.Inbound;
import io.tributary.spi.Line;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.Reconciles;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import io.tributary.spi.Settings;
import io.tributary.spi.SplitsText;
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

/// One Twilio account with its numbers.
final class TwilioAccount
        implements Account, ReceivesWebhooks, Reconciles, FetchesMedia, SplitsText, ChecksHealth {

    /// As much as Twilio concatenates (error 21617); the host cuts what is longer into several.
    private static final int LONGEST_TEXT = 1600;

    private static final long LARGEST_PICTURE = 5_000_000;
    private static final long LARGEST_FILE = 500_000;

    /// A text and nine files, or ten files.
    private static final int MOST_PARTS = 10;

    private final Settings settings;
    private final TwilioApi api;
    private final WebhookReader webhooks;
    private final Outgoing outgoing;
    private final Capabilities texts;
    private final Capabilities textsAndFiles;

    TwilioAccount(AccountContext context) {
        settings = context.settings();
        var accountSid = settings.text("accountSid");
        var authToken = settings.secret("authToken");
        var publicUrl = settings.has("publicUrl") ? settings.uri("publicUrl") : null;
        api = new TwilioApi(context.http(), AccountCheck.apiBase(settings), accountSid, authToken);
        webhooks = new WebhookReader(new SignedRequests(authToken, accountSid, publicUrl));
        var status = WebhookReader.callback(publicUrl, context.url(Door.WEBHOOK, "status"));
        outgoing = new Outgoing(context, api, status);
        texts = texts((int) settings.number("messagesPerSecond", 1));
        textsAndFiles = withFiles(texts);
    }

    private static Capabilities texts(int perSecond) {
        return Capabilities.NONE
                .with("text", Support.of(Level.PARTIAL).length(LONGEST_TEXT, Unit.UTF16))
                .with("choices", Support.of(Level.FALLBACK))
                .with("card", Support.of(Level.FALLBACK))
                .with("carousel", Support.of(Level.FALLBACK))
                .with("location", Support.of(Level.FALLBACK))
                .with("contactCard", Support.of(Level.FALLBACK))
                .with("media.image", Support.of(Level.FALLBACK))
                .with("media.audio", Support.of(Level.FALLBACK))
                .with("media.voice", Support.of(Level.FALLBACK))
                .with("media.video", Support.of(Level.FALLBACK))
                .with("media.file", Support.of(Level.FALLBACK))
                .with("media.sticker", Support.of(Level.FALLBACK))
                .rates(Capabilities.Rate.of(Scope.LINE, perSecond, Duration.ofSeconds(1)))
                .receipts(Receipt.Status.SENT, Receipt.Status.DELIVERED, Receipt.Status.FAILED)
                .start();
    }

    private static Capabilities withFiles(Capabilities texts) {
        // a link to what is too large or of another type
        var some = Support.of(Level.PARTIAL);
        var file = some.bytes(LARGEST_FILE);
        return texts.together(MOST_PARTS)
                .with(
                        "media.image",
                        some.bytes(LARGEST_PICTURE).values("image/jpeg", "image/png", "image/gif"))
                .with("media.audio", file)
                .with("media.voice", file)
                .with("media.video", file)
                .with("media.file", file)
                .with("media.sticker", file);
    }

    @Override
    public Capabilities capabilities(Conversation conversation) {
        boolean mms = settings.flag("mms", carriesMms(conversation.line()));
        return mms ? textsAndFiles : texts;
    }

    /// Numbers of the US and Canada, short codes, and messaging services, which send a link where
    /// MMS is not to be had.
    private static boolean carriesMms(String line) {
        return !line.startsWith("+") || line.startsWith("+1");
    }

    @Override
    public List<Line> lines() {
        var lines = new ArrayList<Line>();
        if (settings.has("from")) {
            lines.add(Line.of(settings.text("from"), settings.text("from")));
        }
        if (settings.has("messagingServiceSid")) {
            lines.add(Line.of(settings.text("messagingServiceSid"), "Messaging service"));
        }
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
        return Translation.of(arrival);
    }

    @Override
    public SendResult send(OutboundMessage message) throws InterruptedException {
        return outgoing.send(message);
    }

    @Override
    public SendResult lookUp(OutboundMessage message) throws InterruptedException {
        return outgoing.lookUp(message);
    }

    @Override
    public List<String> split(String text) {
        return Segments.of(text);
    }

    /// The credentials go along only where they belong.
    @Override
    public Location locate(String fetch) throws Trouble {
        var address = TwilioApi.webAddress(fetch);
        if (address == null) {
            throw Trouble.last("media-url", "Twilio named media by no web address");
        }
        return api.trusts(address)
                ? new Location(address, Map.of("Authorization", api.credentials()))
                : Location.of(address);
    }

    @Override
    public Health check() throws InterruptedException {
        return AccountCheck.health(api);
    }
}
