package io.tributary.kiosk;

import io.tributary.model.Actor;
import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.MediaId;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Rate;
import io.tributary.spi.Capabilities.Support;
import io.tributary.spi.Capabilities.Unit;
import io.tributary.spi.Malformed;
import io.tributary.spi.MediaStore;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Scope;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a device is told: which contents there are for it, and how each is written.
final class Outgoing {

    private static final int LONGEST_TEXT = 4_000;
    private static final int MOST_CHOICES = 12;
    private static final int LONGEST_LABEL = 60;
    private static final long LARGEST_IMAGE = 5_000_000;

    /// A session at a kiosk is short.
    private static final Duration IMAGE_VALID = Duration.ofHours(1);

    private static final String TICKET = "kiosk.ticket";
    private static final String PRINT = "kiosk.print";
    private static final String SCREEN = "kiosk.screen";

    private static final Pattern WEB = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);

    private static final Capabilities CAPABILITIES = capable();

    private final MediaStore media;

    Outgoing(MediaStore media) {
        this.media = media;
    }

    static Capabilities capabilities() {
        return CAPABILITIES;
    }

    /// Who writes first is the customer: only then there is somebody at the device.
    private static Capabilities capable() {
        return Capabilities.NONE
                .with("text", Support.full().length(LONGEST_TEXT, Unit.UTF16))
                .with(
                        "choices",
                        Support.full()
                                .length(LONGEST_TEXT, Unit.UTF16)
                                .count(MOST_CHOICES)
                                .label(LONGEST_LABEL))
                .with(
                        "card",
                        Support.full()
                                .length(LONGEST_TEXT, Unit.UTF16)
                                .count(MOST_CHOICES)
                                .label(LONGEST_LABEL))
                .with(
                        "media.image",
                        Support.full()
                                .bytes(LARGEST_IMAGE)
                                .values("image/png", "image/jpeg", "image/webp", "image/gif"))
                .with("custom." + TICKET, Support.full())
                .with("custom." + PRINT, Support.full())
                .with("custom." + SCREEN, Support.full())
                .rates(Rate.of(Scope.ADDRESS, 10, Duration.ofSeconds(1)))
                .receipts(
                        Content.Receipt.Status.DELIVERED,
                        Content.Receipt.Status.READ,
                        Content.Receipt.Status.FAILED);
    }

    /// The call that carries it; null: a kiosk does not.
    ///
    /// @throws Malformed what the author gave for a kiosk is no JSON object
    Message.@Nullable Call of(OutboundMessage message) {
        return switch (message.content()) {
            case Content.Text text -> show(message, shown("text").put("text", text.text()));
            case Content.Choices choices ->
                    show(message, choices(shown("choices"), choices.text(), choices.choices()));
            case Content.Card card -> show(message, card(card));
            case Content.Media image when isShown(image) -> show(message, image(image));
            case Content.Custom custom ->
                    switch (custom.name()) {
                        case TICKET -> call(message, "Ticket", "data", custom);
                        case PRINT -> call(message, "Print", "data", custom);
                        case SCREEN -> call(message, "Screen", "data", custom);
                        default -> null;
                    };
            default -> null;
        };
    }

    /// Whether it has arrived only when it is printed.
    static boolean isPrinted(OutboundMessage message) {
        return message.content() instanceof Content.Custom custom && custom.name().equals(PRINT);
    }

    private static ObjectNode shown(String type) {
        return WireJson.object().put("type", type);
    }

    private static ObjectNode choices(ObjectNode into, String text, List<Choice> choices) {
        into.put("text", text);
        ArrayNode list = into.putArray("choices");
        for (var choice : choices) {
            var each = list.addObject().put("id", choice.id()).put("label", choice.label());
            if (choice.description() != null) {
                each.put("description", choice.description());
            }
            if (choice.section() != null) {
                each.put("section", choice.section());
            }
            var url = choice.url();
            if (url != null) {
                // one that leads where it must not is shown, and leads nowhere
                each.put("url", WEB.matcher(url).lookingAt() ? url : "");
            }
        }
        return into;
    }

    private ObjectNode card(Content.Card card) {
        var text = card.text();
        var json = choices(shown("card"), text == null ? "" : text, card.choices());
        json.put("title", card.title());
        var image = card.image();
        var id = image == null ? null : image.id();
        if (id != null) {
            json.put("image", link(id));
        }
        return json;
    }

    private static boolean isShown(Content.Media media) {
        return media.kind() == Content.Media.Kind.IMAGE
                && media.id() != null
                && media.state() == Content.Media.State.STORED;
    }

    private ObjectNode image(Content.Media image) {
        var id = image.id();
        if (id == null) {
            throw new Malformed("an image without bytes");
        }
        var caption = image.caption();
        return shown("image").put("image", link(id)).put("text", caption == null ? "" : caption);
    }

    private String link(MediaId id) {
        return media.link(id, IMAGE_VALID).toString();
    }

    private static Message.Call show(OutboundMessage message, ObjectNode content) {
        var payload = payload(message);
        payload.set("content", content);
        return new Message.Call(message.key(), "Show", payload);
    }

    private static Message.Call call(
            OutboundMessage message, String action, String member, Content.Custom custom) {
        var payload = payload(message);
        payload.set(member, WireJson.object(custom.data().text()));
        return new Message.Call(message.key(), action, payload);
    }

    private static ObjectNode payload(OutboundMessage message) {
        var payload =
                WireJson.object()
                        .put("key", message.key())
                        .put("session", Address.session(message.conversation().address()));
        from(message.actor(), payload.putObject("from"));
        return payload;
    }

    private static void from(Actor actor, ObjectNode into) {
        into.put("kind", actor.kind().name().toLowerCase(java.util.Locale.ROOT));
        if (actor.name() != null) {
            into.put("name", actor.name());
        }
    }
}
