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
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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

    /// About the message, and not what it says.
    private static final Set<String> ENVELOPE =
            Set.of(
                    "message_id",
                    "message_thread_id",
                    "direct_messages_topic",
                    "from",
                    "sender_chat",
                    "sender_boost_count",
                    "sender_business_bot",
                    "sender_tag",
                    "date",
                    "guest_query_id",
                    "business_connection_id",
                    "chat",
                    "forward_origin",
                    "is_topic_message",
                    "is_automatic_forward",
                    "reply_to_message",
                    "external_reply",
                    "quote",
                    "reply_to_story",
                    "reply_to_checklist_task_id",
                    "reply_to_poll_option_id",
                    "via_bot",
                    "guest_bot_caller_user",
                    "guest_bot_caller_chat",
                    "edit_date",
                    "has_protected_content",
                    "is_from_offline",
                    "is_paid_post",
                    "media_group_id",
                    "author_signature",
                    "paid_star_count",
                    "entities",
                    "link_preview_options",
                    "suggested_post_info",
                    "effect_id",
                    "caption",
                    "caption_entities",
                    "show_caption_above_media",
                    "has_media_spoiler",
                    "reply_markup",
                    // forwarded messages of Bot APIs before 7.0
                    "forward_from",
                    "forward_from_chat",
                    "forward_from_message_id",
                    "forward_signature",
                    "forward_sender_name",
                    "forward_date");

    /// Said elsewhere in the interaction.
    private static final Set<String> ELSEWHERE =
            Set.of(
                    "message_id",
                    "message_thread_id",
                    "is_topic_message",
                    "from",
                    "date",
                    "edit_date",
                    "business_connection_id",
                    "sender_business_bot",
                    "chat",
                    "media_group_id",
                    "entities",
                    "caption",
                    "reply_to_message");

    private Contents() {}

    /// What it says, in parts; never none.
    static List<InboundPart> of(JsonNode message) {
        for (var member : KNOWN) {
            if (message.has(member)) {
                var parts = known(message, member);
                if (!parts.isEmpty()) {
                    return parts;
                }
            }
        }
        return List.of(InboundPart.of(other(message)));
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
    private static Content other(JsonNode message) {
        for (var member : message.properties()) {
            var name = member.getKey();
            if (!ENVELOPE.contains(name)) {
                return custom(
                        name, member.getValue(), ServiceMessages.fallback(name, member.getValue()));
            }
        }
        return custom("message", message, "A message of Telegram that says nothing");
    }

    /// Something that the model has no word for.
    static Content custom(String name, JsonNode data, String fallback) {
        var known = name.matches("[a-z0-9_]{1,64}") ? name : "unknown";
        return Content.custom(TelegramChannel.ID + '.' + known, Json.of(data.toString()), fallback);
    }

    /// What has no place in the interaction; null: nothing.
    static @Nullable Json rest(JsonNode message) {
        ObjectNode rest = StrictJson.object();
        for (var member : message.properties()) {
            var name = member.getKey();
            if (ENVELOPE.contains(name) && !ELSEWHERE.contains(name)) {
                rest.set(name, member.getValue());
            }
        }
        return rest.isEmpty() ? null : Json.of(rest.toString());
    }
}
