package io.tributary.social.meta;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Json;
import io.tributary.model.Part;
import io.tributary.spi.InboundPart;
import io.tributary.spi.Malformed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a WhatsApp message says, by its type
/// (https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages).
final class WhatsAppContents {

    /// WhatsApp does not say which sign was taken back: everybody has one at the most.
    static final String WHATEVER_SIGN = "*";

    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z0-9_-]{1,64}");
    private static final int LONGEST_CURRENCY = 3;

    private WhatsAppContents() {}

    /// Never nothing: what is not understood stays as it came.
    ///
    /// @param line to which it came
    static List<InboundPart> of(Node message, String line) {
        try {
            var parts = known(message, line);
            return parts.isEmpty() ? List.of(unknown(message)) : parts;
        } catch (Node.Unfamiliar | IllegalArgumentException otherThanItWas) {
            return List.of(unknown(message));
        }
    }

    private static List<InboundPart> known(Node message, String line) {
        var type = message.text("type", "");
        var body = message.at(type);
        return switch (type) {
            case "text" -> only(Content.text(body.need("body")));
            case "image" -> media(Content.Media.Kind.IMAGE, body, line);
            case "video" -> media(Content.Media.Kind.VIDEO, body, line);
            case "audio" -> media(audio(body), body, line);
            case "document" -> media(Content.Media.Kind.FILE, body, line);
            case "sticker" -> media(Content.Media.Kind.STICKER, body, line);
            case "location" -> only(location(body));
            case "contacts" -> contacts(body);
            case "reaction" -> only(reaction(body));
            case "button" -> only(choice(body.text("payload"), body.need("text")));
            case "interactive" -> only(interactive(body));
            case "order" -> only(order(body));
            case "edit" -> only(edited(body.at("message")));
            case "revoke" -> only(new Content.Deleted());
            default -> List.of();
        };
    }

    private static List<InboundPart> only(Content content) {
        return List.of(InboundPart.of(content));
    }

    private static Content.Media.Kind audio(Node body) {
        return body.flag("voice") ? Content.Media.Kind.VOICE : Content.Media.Kind.AUDIO;
    }

    private static List<InboundPart> media(Content.Media.Kind kind, Node body, String line) {
        var media =
                Content.Media.pending(kind, type(body.text("mime_type")))
                        .named(body.text("filename"))
                        .captioned(body.text("caption"));
        return List.of(InboundPart.of(media).fetch(MediaFetch.whatsApp(line, body.need("id"))));
    }

    /// Without its parameters, as in `audio/ogg; codecs=opus`.
    private static @Nullable String type(@Nullable String mime) {
        return mime == null ? null : mime.split(";", 2)[0].strip();
    }

    private static Content location(Node body) {
        return new Content.Location(
                body.real("latitude"),
                body.real("longitude"),
                null,
                body.text("name"),
                body.text("address"),
                null);
    }

    private static List<InboundPart> contacts(Node contacts) {
        var parts = new ArrayList<InboundPart>();
        for (var contact : contacts.list()) {
            var name = contact.at("name");
            var shown = name.text("formatted_name", name.text("first_name", ""));
            var company = contact.at("org").text("company");
            parts.add(InboundPart.of(new Content.ContactCard(shown, company, reach(contact))));
        }
        return parts;
    }

    private static List<Content.ContactCard.Reach> reach(Node contact) {
        var reach = new ArrayList<Content.ContactCard.Reach>();
        addReach(reach, "phone", contact.at("phones"), "phone");
        addReach(reach, "email", contact.at("emails"), "email");
        addReach(reach, "url", contact.at("urls"), "url");
        for (var address : contact.at("addresses").list()) {
            var lines = new ArrayList<String>();
            for (var line : List.of("street", "zip", "city", "state", "country")) {
                var text = address.text(line);
                if (text != null) {
                    lines.add(text);
                }
            }
            if (!lines.isEmpty()) {
                var text = String.join(", ", lines);
                reach.add(new Content.ContactCard.Reach("address", text, address.text("type")));
            }
        }
        return reach;
    }

    private static void addReach(
            List<Content.ContactCard.Reach> to, String type, Node all, String member) {
        for (var one : all.list()) {
            var value = one.text(member);
            if (value != null) {
                to.add(new Content.ContactCard.Reach(type, value, one.text("type")));
            }
        }
    }

    private static Content reaction(Node body) {
        var emoji = body.text("emoji");
        return emoji == null
                ? new Content.Reaction(WHATEVER_SIGN, false)
                : new Content.Reaction(emoji, true);
    }

    private static Content choice(@Nullable String id, String label) {
        return new Content.ChoiceMade(id == null ? label : id, label);
    }

    private static Content interactive(Node body) {
        var type = body.text("type", "");
        var answer = body.at(type);
        return switch (type) {
            case "button_reply", "list_reply" ->
                    choice(answer.text("id"), answer.text("title", answer.text("id", "")));
            case "nfm_reply" -> form(answer);
            case "call_permission_reply" ->
                    new Content.Consent("calls", "accept".equals(answer.text("response")));
            default -> throw new Node.Unfamiliar(type);
        };
    }

    /// Of a flow. The answers are JSON in a text, and what a flow sends may be no object.
    private static Content form(Node answer) {
        var json = answer.need("response_json");
        Map<String, Json> values = new LinkedHashMap<>();
        var token = "";
        try {
            var given = JsonSource.read(Bytes.utf8(json));
            if (given.isObject()) {
                given.members().forEach((name, value) -> values.put(name, value.json()));
            } else {
                values.put("response", given.json());
            }
            token = given.text("flow_token", "");
        } catch (Malformed noJson) {
            values.put("response", Json.string(json));
        }
        return new Content.FormSubmitted(
                token.isEmpty() ? answer.text("name", "flow") : token, values);
    }

    private static Content order(Node body) {
        var items = new ArrayList<Content.Order.Item>();
        var currency = "";
        for (var item : body.at("product_items").list()) {
            var price = item.text("item_price");
            items.add(
                    new Content.Order.Item(
                            item.need("product_retailer_id"),
                            null,
                            quantity(item),
                            price == null ? null : new BigDecimal(price)));
            currency = item.text("currency", currency);
        }
        var known = currency.length() == LONGEST_CURRENCY ? currency : null;
        return new Content.Order(body.text("catalog_id"), known, items, body.text("text"));
    }

    private static int quantity(Node item) {
        var quantity = item.whole("quantity");
        return quantity == null ? 1 : Math.clamp(quantity, 1, Integer.MAX_VALUE);
    }

    /// Of a medium only the words below it can be edited; its bytes stay.
    private static Content edited(Node message) {
        var type = message.text("type", "");
        var words =
                type.equals("text")
                        ? message.at("text").need("body")
                        : message.at(type).need("caption");
        return new Content.Edited(Part.of(Content.text(words)));
    }

    /// The name of the type, as it may stand in that of a content.
    static String name(Node message) {
        var type = message.text("type", "");
        return PLAIN_NAME.matcher(type).matches() ? type : "unknown";
    }

    private static InboundPart unknown(Node message) {
        var said =
                message.at("errors").list().stream()
                        .map(error -> error.text("title"))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(message.at("system").text("body"));
        var name = name(message);
        return InboundPart.of(
                new Content.Custom(
                        Platform.WHATSAPP.name(name),
                        message.json(),
                        "[" + name.replace('_', ' ') + "]" + (said == null ? "" : " " + said)));
    }
}
