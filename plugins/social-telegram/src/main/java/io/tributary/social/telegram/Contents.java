package io.tributary.social.telegram;

import static io.tributary.social.telegram.StrictJson.text;

import io.tributary.model.Content;
import io.tributary.model.Content.ContactCard;
import io.tributary.model.Json;
import io.tributary.spi.InboundPart;
import io.tributary.spi.Malformed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What one message says (https://core.telegram.org/bots/api#message).
final class Contents {

    /// In this order: a venue is a location, too, and an animation a document, for older programs.
    private static final List<String> KNOWN =
            List.of(
                    "text",
                    "animation",
                    "live_photo",
                    "photo",
                    "video",
                    "video_note",
                    "audio",
                    "voice",
                    "document",
                    "sticker",
                    "paid_media",
                    "venue",
                    "location",
                    "contact",
                    "web_app_data");

    private Contents() {}

    /// What it says, in parts; never none.
    static List<InboundPart> of(JsonNode message) {
        return said(message).parts();
    }

    /// What it says, and which of its members says so.
    static Said said(JsonNode message) {
        for (var member : KNOWN) {
            if (message.has(member)) {
                var parts = known(message, member);
                if (!parts.isEmpty()) {
                    return new Said(member, parts);
                }
            }
        }
        return other(message);
    }

    /// What a message says.
    ///
    /// @param member that says it; empty: none does
    record Said(String member, List<InboundPart> parts) {

        /// Whether the model has no word for it.
        boolean isCustom() {
            return parts.getFirst().content() instanceof Content.Custom;
        }

        /// Whether another member says the same, for older programs.
        boolean isAlso(String other) {
            return !isCustom() && KNOWN.contains(other);
        }
    }

    private static List<InboundPart> known(JsonNode message, String member) {
        var content =
                switch (member) {
                    case "text" -> words(message);
                    case "venue" -> venue(message.path(member));
                    case "location" -> location(message.path(member), message);
                    case "contact" -> contact(message.path(member));
                    case "web_app_data" -> form(message.path(member));
                    default -> null;
                };
        return content == null ? Files.of(message, member) : List.of(InboundPart.of(content));
    }

    private static @Nullable Content words(JsonNode message) {
        var text = text(message, "text");
        return text == null ? null : Entities.read(text, StrictJson.objects(message, "entities"));
    }

    private static Content location(JsonNode location, JsonNode message) {
        return place(location, null, null, liveUntil(location, message));
    }

    /// The longest period that there is means that it never ends.
    private static @Nullable Instant liveUntil(JsonNode location, JsonNode message) {
        var live = StrictJson.number(location, "live_period");
        var sent = StrictJson.number(message, "date");
        return live == null || sent == null || live <= 0 || live >= Integer.MAX_VALUE
                ? null
                : Times.of(sent + live);
    }

    private static Content venue(JsonNode venue) {
        return place(venue.path("location"), text(venue, "title"), text(venue, "address"), null);
    }

    private static Content place(
            JsonNode location,
            @Nullable String name,
            @Nullable String address,
            @Nullable Instant liveUntil) {
        var latitude = location.path("latitude");
        var longitude = location.path("longitude");
        var accuracy = location.path("horizontal_accuracy");
        if (!latitude.isNumber() || !longitude.isNumber()) {
            throw new Malformed("a location without latitude and longitude");
        }
        try {
            return new Content.Location(
                    latitude.doubleValue(),
                    longitude.doubleValue(),
                    accuracy.isNumber() ? accuracy.doubleValue() : null,
                    name,
                    address,
                    liveUntil);
        } catch (RuntimeException nowhere) {
            throw new Malformed("a location that is no place");
        }
    }

    private static Content contact(JsonNode contact) {
        var name = Parties.name(contact);
        var phone = text(contact, "phone_number");
        var reach = new ArrayList<ContactCard.Reach>();
        if (phone != null && !phone.isEmpty()) {
            reach.add(new ContactCard.Reach("phone", phone, null));
        }
        var id = StrictJson.number(contact, "user_id");
        if (id != null) {
            reach.add(new ContactCard.Reach(Parties.USER, id.toString(), null));
        }
        return new ContactCard(name == null ? "" : name, null, reach);
    }

    /// A bad program can send anything as the name of the button, too.
    private static Content form(JsonNode data) {
        var button = text(data, "button_text");
        var entered = text(data, "data");
        return new Content.FormSubmitted(
                "web_app",
                Map.of(
                        "button", Json.string(button == null ? "" : button),
                        "data", Json.string(entered == null ? "" : entered)));
    }

    /// By the name of its first member that says something.
    private static Said other(JsonNode message) {
        for (var member : message.properties()) {
            var name = member.getKey();
            if (!Envelope.has(name)) {
                var fallback = ServiceMessages.fallback(name, member.getValue());
                return custom(name, custom(name, member.getValue(), fallback));
            }
        }
        return custom("", custom("message", message, "A message of Telegram that says nothing"));
    }

    private static Said custom(String member, Content content) {
        return new Said(member, List.of(InboundPart.of(content)));
    }

    /// Something that the model has no word for.
    static Content custom(String name, JsonNode data, String fallback) {
        var known = name.matches("[a-z0-9_]{1,64}") ? name : "unknown";
        return Content.custom(TelegramChannel.ID + '.' + known, StrictJson.kept(data), fallback);
    }
}
