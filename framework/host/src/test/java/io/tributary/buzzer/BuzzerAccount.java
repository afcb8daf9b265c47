package io.tributary.buzzer;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Identity;
import io.tributary.model.Json;
import io.tributary.model.MediaId;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Conversation;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.DeviceVerdict;
import io.tributary.spi.Frame;
import io.tributary.spi.HostsDevices;
import io.tributary.spi.Inbound;
import io.tributary.spi.Malformed;
import io.tributary.spi.OffersActions;
import io.tributary.spi.Party;
import io.tributary.spi.ServesPages;
import io.tributary.spi.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes buzzers that say who they are.
final class BuzzerAccount implements Account, HostsDevices, ServesPages, OffersActions {

    private static final Json ROOM =
            Json.of(
                    """
                    {"type": "object", "required": ["room"], "properties": {"room": {"type": "string"}}}
                    """);

    private final AccountContext context;

    BuzzerAccount(AccountContext context) {
        this.context = context;
    }

    @Override
    public Capabilities capabilities(Conversation conversation) {
        return Capabilities.NONE.with("text", Capabilities.Support.full()).start();
    }

    @Override
    public List<Inbound> translate(Arrival arrival) {
        var event = arrival.event();
        String from = event.note("from");
        String said = event.body().utf8();
        Content content =
                event.kind().equals("picture")
                        ? new Content.Media(
                                Content.Media.Kind.IMAGE,
                                Content.Media.State.PENDING,
                                MediaId.of(said),
                                "image/png",
                                null,
                                0,
                                null,
                                null)
                        : Content.text(said);
        return List.of(
                Inbound.of("desk", Party.of(from, Identity.byChannel("buzzer", from)), content));
    }

    @Override
    public DeviceVerdict connect(DeviceHandshake handshake, DeviceLink link) throws IOException {
        String device = handshake.query().get("device");
        String mood = context.settings().text("mood", "welcoming");
        if (device == null) {
            return DeviceVerdict.refused(401, "who is there?");
        }
        if (device.equals("broken")) {
            throw new IllegalStateException("it does not buzz");
        }
        if (handshake.parked() != null && mood.equals("forgetful")) {
            return DeviceVerdict.refused(410, "nobody remembers you");
        }
        String greeting = context.settings().text("greeting", "hello");
        var session = new BuzzerSession(context, link, device, handshake.parked(), greeting, mood);
        link.send(Frame.text((handshake.parked() == null ? "hello " : "again ") + greeting));
        String follow = handshake.query().get("follow");
        if (follow != null && handshake.parked() == null) {
            session.follow(follow, handshake.query().getOrDefault("cursor", ""));
        } else {
            session.followOn();
        }
        var accepted = DeviceVerdict.accepted(device, session);
        return handshake.subprotocols().contains("buzz.v1")
                ? accepted.subprotocol("buzz.v1")
                : accepted;
    }

    @Override
    public @Nullable Page page(String path, Map<String, String> query) {
        return switch (path) {
            case "" -> new Page("text/html", Bytes.utf8("<p>all buzzers"), Duration.ZERO);
            case "parts/buzz.js" -> {
                var buzz = "buzz('" + query.getOrDefault("tone", "") + "');";
                yield new Page(
                        "text/javascript; charset=utf-8",
                        Bytes.utf8(buzz.repeat(200)),
                        Duration.ofMinutes(5));
            }
            case "unreadable" -> throw new Malformed("no such tone");
            case "broken" -> throw new IllegalStateException("out of paper");
            default -> null;
        };
    }

    @Override
    public List<Action> actions() {
        return List.of(new Action("ring", "Ring in a room", ROOM));
    }

    @Override
    public Json perform(String action, Json input) throws Trouble, IOException {
        if (input.text().contains("cellar")) {
            throw Trouble.last("no-room", "there is no cellar");
        }
        if (input.text().contains("attic")) {
            throw Trouble.retry(Duration.ofSeconds(30), "asleep", "somebody sleeps in the attic");
        }
        if (input.text().contains("garden")) {
            throw new IOException("the wire ends here");
        }
        return Json.of("{\"" + action + "\": " + input.text() + "}");
    }
}
