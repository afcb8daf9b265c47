package io.tributary.sms.twilio;

import io.tributary.model.Content;
import io.tributary.model.Content.Receipt;
import io.tributary.model.Identity;
import io.tributary.model.Json;
import io.tributary.model.Target;
import io.tributary.spi.Arrival;
import io.tributary.spi.Fields;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;
import io.tributary.spi.Malformed;
import io.tributary.spi.Party;
import io.tributary.spi.RawEvent;
import io.tributary.twilio.FieldsJson;
import io.tributary.twilio.JsonReader;
import io.tributary.twilio.PhoneNumbers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns a stored webhook into what happened. Pure.
final class Translation {

    private static final String EXTENSION = TwilioChannel.ID + ".fields";
    private static final String EVENT = TwilioChannel.ID + ".event";

    private Translation() {}

    static List<Inbound> of(Arrival arrival) {
        var event = arrival.event();
        return switch (event.kind()) {
            case WebhookReader.MESSAGE -> List.of(message(Fields.decode(event.body())));
            case WebhookReader.STATUS -> receipt(event, Fields.decode(event.body()));
            case WebhookReader.FORM -> List.of(unknown(Fields.decode(event.body())));
            default -> List.of(unknown(event));
        };
    }

    /// How far a message has got; null: the webhook is no status callback.
    static @Nullable String status(Fields fields) {
        var status = fields.first("MessageStatus");
        if (status == null && fields.first("Body") == null) {
            status = fields.first("SmsStatus");
        }
        return status == null || status.isEmpty() || status.equals("received") ? null : status;
    }

    private static Inbound message(Fields fields) {
        var from = fields.need("From");
        var party = party(from).named(fields.first("ProfileName"));
        var inbound = Inbound.of(fields.need("To"), party, parts(fields)).id(sid(fields));
        var repliedTo = fields.first("OriginalRepliedMessageSid");
        if (repliedTo != null && !repliedTo.isEmpty()) {
            inbound = inbound.inReplyTo(repliedTo);
        }
        var rest =
                FieldsJson.some(
                        fields,
                        field -> !field.value().isEmpty() && !standsElsewhere(field.name()));
        return rest.equals(Json.OBJECT) ? inbound : inbound.extension(EXTENSION, rest);
    }

    /// The number is the address; only a real one joins a customer across accounts, which short
    /// codes and names of senders are not. Other channels that Twilio carries put their name before
    /// it.
    private static Party party(String from) {
        int colon = from.indexOf(':');
        var number = from.substring(colon + 1);
        return PhoneNumbers.isNumber(number)
                ? Party.of(from, Identity.byChannel("phone", number))
                : Party.of(from);
    }

    private static List<InboundPart> parts(Fields fields) {
        var body = fields.first("Body");
        var parts = new ArrayList<InboundPart>(2);
        if (body != null && !body.isEmpty()) {
            parts.add(InboundPart.of(Content.text(body)));
        }
        if (!"0".equals(fields.first("NumMedia"))) {
            addMedia(fields, parts);
        }
        addLocation(fields, parts);
        addConsent(fields.first("OptOutType"), parts);
        if (parts.isEmpty()) {
            parts.add(InboundPart.of(Content.text("")));
        }
        return parts;
    }

    private static void addMedia(Fields fields, List<InboundPart> parts) {
        String url;
        for (int i = 0; (url = fields.first("MediaUrl" + i)) != null; i++) {
            var type = fields.first("MediaContentType" + i);
            var known = type == null || type.isEmpty() ? null : type;
            parts.add(InboundPart.of(Content.Media.pending(kind(known), known)).fetch(url));
        }
    }

    private static Content.Media.Kind kind(@Nullable String type) {
        if (type == null) {
            return Content.Media.Kind.FILE;
        }
        if (type.startsWith("image/")) {
            return Content.Media.Kind.IMAGE;
        }
        if (type.startsWith("audio/")) {
            return Content.Media.Kind.AUDIO;
        }
        return type.startsWith("video/") ? Content.Media.Kind.VIDEO : Content.Media.Kind.FILE;
    }

    /// Comes with WhatsApp over Twilio.
    private static void addLocation(Fields fields, List<InboundPart> parts) {
        var latitude = fields.first("Latitude");
        var longitude = fields.first("Longitude");
        if (latitude == null || longitude == null || latitude.isEmpty() || longitude.isEmpty()) {
            return;
        }
        try {
            var place =
                    new Content.Location(
                            Double.parseDouble(latitude),
                            Double.parseDouble(longitude),
                            null,
                            fields.first("Label"),
                            fields.first("Address"),
                            null);
            parts.add(InboundPart.of(place));
        } catch (IllegalArgumentException nowhere) {
            throw new Malformed("Latitude and Longitude are no place");
        }
    }

    /// Twilio itself stops sending after STOP. HELP asks for information and changes nothing.
    private static void addConsent(@Nullable String optOut, List<InboundPart> parts) {
        if ("STOP".equalsIgnoreCase(optOut)) {
            parts.add(InboundPart.of(new Content.Consent("messages", false)));
        } else if ("START".equalsIgnoreCase(optOut)) {
            parts.add(InboundPart.of(new Content.Consent("messages", true)));
        }
    }

    /// About the send whose key the callback's address carries: that is known before Twilio
    /// answers, and even if its answer never arrives. Without it (sent by something else): about
    /// the message.
    private static List<Inbound> receipt(RawEvent event, Fields fields) {
        var status = status(fields);
        var send = event.notes().get(WebhookReader.SEND);
        var target = Target.external(send == null ? sid(fields) : send);
        var from = fields.first("From");
        var line = from == null ? "" : from;
        var reached = status == null ? null : ErrorCodes.reached(status);
        if (reached != null) {
            var reason = ErrorCodes.reason(fields.first("ErrorCode"));
            return List.of(Inbound.about(line, target, new Receipt(reached, reason)));
        }
        // Twilio speaks of messages to us in the same words.
        return status == null || status.startsWith("receiv")
                ? List.of()
                : List.of(
                        Inbound.about(
                                line,
                                target,
                                custom(FieldsJson.all(fields), "Message status: " + status)));
    }

    private static Inbound unknown(Fields fields) {
        var event = custom(FieldsJson.all(fields), "An event of Twilio that is not known here");
        var from = fields.first("From");
        var to = fields.first("To");
        return from == null || from.isEmpty() || to == null || to.isEmpty()
                ? Inbound.notice(event)
                : Inbound.of(to, party(from), event);
    }

    private static Inbound unknown(RawEvent event) {
        var text = event.body().utf8();
        var data = JsonReader.isJson(text) ? Json.of(text) : Json.string(text);
        return Inbound.notice(custom(data, "An event of Twilio that is not known here"));
    }

    private static Content.Custom custom(Json data, String fallback) {
        return new Content.Custom(EVENT, data, fallback);
    }

    private static String sid(Fields fields) {
        var sid = fields.first("MessageSid");
        return sid == null ? fields.need("SmsSid") : sid;
    }

    /// In the interaction itself, or about our own end, which we know better.
    private static boolean standsElsewhere(String name) {
        return switch (name) {
            case "Body", "From", "To", "MessageSid", "SmsSid", "SmsMessageSid" -> true;
            case "AccountSid", "ApiVersion", "SmsStatus", "NumMedia", "ProfileName" -> true;
            case "Latitude", "Longitude", "OriginalRepliedMessageSid" -> true;
            case "ToCity", "ToState", "ToZip", "ToCountry" -> true;
            default -> name.startsWith("MediaUrl") || name.startsWith("MediaContentType");
        };
    }
}
