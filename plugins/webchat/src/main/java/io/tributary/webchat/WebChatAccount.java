package io.tributary.webchat;

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
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.DeviceVerdict;
import io.tributary.spi.Health;
import io.tributary.spi.HostsDevices;
import io.tributary.spi.Inbound;
import io.tributary.spi.Line;
import io.tributary.spi.Secret;
import io.tributary.spi.ServesPages;
import io.tributary.spi.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One widget, on all its sites.
final class WebChatAccount implements Account, HostsDevices, ServesPages, ChecksHealth {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Pattern CURSOR = Pattern.compile("[\\x21-\\x7E]{1,200}");

    private static final int MESSAGES = 60;
    private static final int MESSAGES_OF_NETWORK = 600;
    private static final int CONNECTIONS = 60;
    private static final int FILES = 30;
    private static final int FILES_OF_NETWORK = 300;
    private static final int SIGNALS = 60;
    private static final long LARGEST_FILE = 10L * 1024 * 1024;

    private static final Support WITHIN = Support.of(Level.PARTIAL);

    private static final Capabilities CARRIES =
            Capabilities.NONE
                    .with("text", WITHIN.length(Frames.LONGEST_TEXT, Unit.UTF16))
                    .with(
                            "text.spans",
                            Support.full()
                                    .values(
                                            "bold",
                                            "italic",
                                            "underline",
                                            "strike",
                                            "code",
                                            "link"))
                    .with("choices", WITHIN.count(20))
                    .with("card", WITHIN.count(10))
                    .with("carousel", WITHIN.count(10))
                    .with("form", Support.full().count(Members.MOST_VALUES))
                    .with("location", Support.full())
                    .with("contactCard", Support.of(Level.FALLBACK))
                    .with("media.image", Support.full())
                    .with("media.audio", Support.full())
                    .with("media.voice", Support.full())
                    .with("media.video", Support.full())
                    .with("media.file", Support.full())
                    .with("media.sticker", Support.full())
                    .with("edited", Support.full())
                    .with("deleted", Support.full())
                    .together(10)
                    .receipts(Receipt.Status.DELIVERED, Receipt.Status.READ)
                    .start();

    private final List<String> origins;
    private final Admission admission;
    private final Means means;
    private final Widget widget;
    private final Reachable reachable;

    WebChatAccount(AccountContext context) {
        var settings = context.settings();
        var clock = context.clock();
        var rates = settings.section("rates");
        origins = settings.texts("origins");
        admission =
                new Admission(
                        new Sites(origins),
                        new SiteTokens(context.account().value(), keys(settings)),
                        new Pace(rate(rates, "connections", CONNECTIONS), MINUTE, clock),
                        clock);
        means =
                new Means(
                        clock,
                        context.media(),
                        new MediaSeal(context.state()),
                        context.metrics(),
                        new Pace(rate(rates, "messages", MESSAGES), MINUTE, clock),
                        new Pace(
                                rate(rates, "messagesOfNetwork", MESSAGES_OF_NETWORK),
                                MINUTE,
                                clock),
                        new Pace(SIGNALS, MINUTE, clock),
                        new Pace(rate(rates, "files", FILES), HOUR, clock),
                        new Pace(rate(rates, "filesOfNetwork", FILES_OF_NETWORK), HOUR, clock),
                        settings.flag("files", true)
                                ? settings.number("largestFile", LARGEST_FILE)
                                : 0);
        widget = new Widget(context, means.largestFile());
        reachable = new Reachable(context, origins);
    }

    private static List<Secret> keys(Settings settings) {
        var keys = new ArrayList<Secret>();
        for (var key : List.of("identityKey", "formerIdentityKey")) {
            if (settings.has(key)) {
                keys.add(settings.secret(key));
            }
        }
        return keys;
    }

    private static int rate(Settings rates, String name, int usual) {
        return Math.toIntExact(rates.number(name, usual));
    }

    @Override
    public Capabilities capabilities(Conversation conversation) {
        return CARRIES;
    }

    /// A pattern of sites is no line: what was said there names the site itself.
    @Override
    public List<Line> lines() {
        return origins.stream()
                .filter(origin -> !origin.contains("*"))
                .map(Sites::line)
                .distinct()
                .map(site -> Line.of(site, site))
                .toList();
    }

    @Override
    public DeviceVerdict connect(DeviceHandshake handshake, DeviceLink link) throws IOException {
        var decision = admission.decide(handshake);
        if (decision.refused() != null) {
            return decision.refused();
        }
        var guest = Objects.requireNonNull(decision.guest());
        var parked = handshake.parked();
        var cursor = parked == null ? cursor(handshake) : parked.utf8();
        var network = Admission.network(handshake.remote());
        var session = new ChatSession(guest, network, link, means, cursor);
        session.begin(parked != null);
        return DeviceVerdict.accepted(guest.address(), session).subprotocol(Admission.PROTOCOL);
    }

    private static String cursor(DeviceHandshake handshake) {
        var cursor = handshake.query().getOrDefault("after", "");
        return CURSOR.matcher(cursor).matches() ? cursor : "";
    }

    @Override
    public List<Inbound> translate(Arrival arrival) {
        return Translation.of(arrival);
    }

    @Override
    public @Nullable Page page(String path, Map<String, String> query) {
        return widget.page(path);
    }

    @Override
    public Health check() throws InterruptedException {
        return reachable.check();
    }
}
