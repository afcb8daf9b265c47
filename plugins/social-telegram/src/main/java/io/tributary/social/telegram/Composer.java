package io.tributary.social.telegram;

import io.tributary.model.Content;
import io.tributary.spi.OutboundMessage;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// Writes what is to be sent as calls of the Bot API. Pure.
final class Composer {

    private static final int MOST_DELETED_AT_ONCE = 100;

    private Composer() {}

    /// @throws Unsendable Telegram has nothing for it
    static Request of(OutboundMessage message) throws Unsendable {
        return switch (message.content()) {
            case Content.Edited edited -> Edits.of(edited, message);
            case Content.Deleted _ -> deletion(message);
            case Content.Reaction reaction -> reaction(reaction, message);
            default -> fresh(message);
        };
    }

    private static Request fresh(OutboundMessage message) throws Unsendable {
        var request = letter(message);
        return switch (message.content()) {
            case Content.Text text -> text(text, request);
            case Content.Choices choices -> choices(choices, request);
            case Content.Location location -> location(location, request);
            case Content.ContactCard card -> contact(card, request);
            case Content.Media media when media.id() != null -> media(media, request);
            default -> throw new Unsendable("Telegram has nothing for this type of content");
        };
    }

    /// To whom, in which topic, on whose behalf, and as an answer to what.
    private static ObjectNode letter(OutboundMessage message) throws Unsendable {
        var conversation = message.conversation();
        var request = addressed(message);
        var thread = conversation.thread();
        if (thread != null && thread.matches("[0-9]{1,18}")) {
            request.put("message_thread_id", Long.parseLong(thread));
        }
        var chat = request.path("chat_id").longValue(0);
        var business = Lines.business(conversation.line());
        for (var answered : MessageId.all(message.inReplyTo())) {
            if (answered.chat() == chat && Objects.equals(answered.space(), business)) {
                // a message that was deleted meanwhile must not hold the answer up
                request.putObject("reply_parameters")
                        .put("message_id", answered.message())
                        .put("allow_sending_without_reply", true);
                break;
            }
        }
        return request;
    }

    static ObjectNode addressed(OutboundMessage message) throws Unsendable {
        var conversation = message.conversation();
        return addressed(conversation.line(), conversation.address());
    }

    /// Who gets it, and on whose behalf.
    static ObjectNode addressed(String line, String address) throws Unsendable {
        var request = StrictJson.object();
        var business = Lines.business(line);
        if (business != null) {
            request.put("business_connection_id", business);
        }
        if (address.matches("-?[0-9]{1,18}")) {
            return request.put("chat_id", Long.parseLong(address));
        }
        if (address.matches("@[A-Za-z0-9_]{1,64}")) {
            return request.put("chat_id", address);
        }
        throw new Unsendable("an address is the number of a chat, or the @name of a channel");
    }

    static Request text(Content.Text text, ObjectNode request) {
        request.put("text", text.text());
        Entities.write(text, request, "entities");
        return Request.of("sendMessage", request);
    }

    static Request choices(Content.Choices choices, ObjectNode request) throws Unsendable {
        var problem = Keyboards.problem(choices.choices());
        if (problem != null) {
            throw new Unsendable(problem);
        }
        request.put("text", Keyboards.question(choices));
        Keyboards.add(choices.choices(), request);
        return Request.of("sendMessage", request);
    }

    /// A place that has a name and an address is a venue.
    private static Request location(Content.Location location, ObjectNode request) {
        request.put("latitude", location.latitude()).put("longitude", location.longitude());
        var name = location.name();
        var address = location.address();
        if (name != null && address != null) {
            return Request.of("sendVenue", request.put("title", name).put("address", address));
        }
        var accuracy = location.accuracy();
        if (accuracy != null && accuracy <= 1500) {
            request.put("horizontal_accuracy", accuracy);
        }
        return Request.of("sendLocation", request);
    }

    /// Telegram's contacts have a phone number; without one the card goes as text.
    private static Request contact(Content.ContactCard card, ObjectNode request) {
        for (var reach : card.reach()) {
            if (reach.type().equals("phone")) {
                var name = card.name().isBlank() ? reach.value() : card.name();
                request.put("phone_number", reach.value()).put("first_name", name);
                return Request.of("sendContact", request);
            }
        }
        var text = new StringBuilder(card.name());
        card.reach().forEach(reach -> text.append('\n').append(reach.value()));
        return Request.of("sendMessage", request.put("text", text.toString()));
    }

    private static Request media(Content.Media media, ObjectNode request) {
        var caption = media.caption();
        if (caption != null && !caption.isEmpty()) {
            request.put("caption", caption);
        }
        return Uploads.request(media, new Request("", request, media, ""));
    }

    private static Request deletion(OutboundMessage message) throws Unsendable {
        var ids = targets(message);
        var request = addressed(message);
        var numbers = request.putArray("message_ids");
        ids.stream().limit(MOST_DELETED_AT_ONCE).forEach(id -> numbers.add(id.message()));
        if (request.has("business_connection_id")) {
            request.remove("chat_id");
            return Request.of("deleteBusinessMessages", request);
        }
        return Request.of("deleteMessages", request);
    }

    private static Request reaction(Content.Reaction reaction, OutboundMessage message)
            throws Unsendable {
        if (Lines.business(message.conversation().line()) != null) {
            throw new Unsendable("bots cannot react on behalf of a business account");
        }
        var target = targets(message).getFirst();
        var request = addressed(message).put("message_id", target.message());
        var reactions = request.putArray("reaction");
        if (reaction.added()) {
            reactions.addObject().put("type", "emoji").put("emoji", reaction.emoji());
        }
        return Request.of("setMessageReaction", request);
    }

    /// What a message is about, in this chat.
    static List<MessageId> targets(OutboundMessage message) throws Unsendable {
        var business = Lines.business(message.conversation().line());
        var address = message.conversation().address();
        var targets =
                MessageId.all(message.target()).stream()
                        .filter(id -> Objects.equals(id.space(), business))
                        .filter(id -> address.startsWith("@") || address.equals(id.inChat()))
                        .toList();
        if (targets.isEmpty()) {
            throw new Unsendable("Telegram does not know what this is about");
        }
        return targets;
    }
}
