package io.tributary.social.telegram;

import static io.tributary.social.telegram.StrictJson.needObject;
import static io.tributary.social.telegram.StrictJson.text;

import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Json;
import io.tributary.model.Part;
import io.tributary.model.Target;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;
import io.tributary.spi.Party;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Turns messages, new and changed ones, into what happened.
final class Messages {

    private static final String REST = TelegramChannel.ID + ".message";
    private static final String START = TelegramChannel.ID + ".start";
    private static final String USERNAME = TelegramChannel.ID + ".username";
    private static final String DEEP_LINK = "/start ";

    private final Lines lines;

    Messages(Lines lines) {
        this.lines = lines;
    }

    Inbound message(JsonNode message) {
        var said = Contents.said(message);
        var inbound = bare(message, named(message, said), time(message));
        return start(rest(inbound, message, said), message);
    }

    private static @Nullable Instant time(JsonNode message) {
        return Times.of(StrictJson.number(message, "date"));
    }

    private static Inbound rest(Inbound inbound, JsonNode message, Contents.Said said) {
        var rest = Envelope.rest(message, said);
        return rest == null ? inbound : inbound.extension(REST, rest);
    }

    /// One message whose parts are those of the messages, each under its own id. What else stands
    /// about them, such as from whom they come, is told of the first.
    Inbound album(List<JsonNode> all) {
        var parts = new ArrayList<InboundPart>();
        all.forEach(one -> parts.addAll(named(one, Contents.said(one))));
        var first = all.getFirst();
        return rest(bare(first, parts, time(first)), first, Contents.said(first));
    }

    /// All that a message says now. Of a file it is what stands under it; the file itself comes
    /// once more, since it may have been replaced.
    Inbound edited(JsonNode message) {
        var now = Contents.of(message);
        var media = now.stream().filter(part -> part.content() instanceof Content.Media).toList();
        var parts = new ArrayList<InboundPart>();
        parts.add(InboundPart.of(new Content.Edited(Part.of(said(now, message)))));
        parts.addAll(media);
        var time = Times.of(StrictJson.number(message, "edit_date"));
        return bare(message, parts, time).target(Target.external(MessageId.of(message).external()));
    }

    private static Content[] said(List<InboundPart> now, JsonNode message) {
        if (now.stream().noneMatch(part -> part.content() instanceof Content.Media)) {
            return now.stream().map(InboundPart::content).toArray(Content[]::new);
        }
        var caption = text(message, "caption");
        return new Content[] {
            Entities.read(
                    caption == null ? "" : caption, StrictJson.objects(message, "caption_entities"))
        };
    }

    private static List<InboundPart> named(JsonNode message, Contents.Said said) {
        var id = MessageId.of(message).external();
        return said.parts().stream().map(part -> part.id(id)).toList();
    }

    private Inbound bare(JsonNode message, List<InboundPart> parts, @Nullable Instant time) {
        var chat = needObject(message, "chat");
        var from = message.path("from");
        var inbound = Inbound.of(lines.of(message), party(chat, message), parts);
        inbound = time == null ? inbound : inbound.at(time);
        inbound = written(inbound, message);
        inbound = threaded(answering(inbound, message), message);
        var locale = inbound.direction() == Direction.INBOUND ? Parties.locale(from) : null;
        return locale == null ? inbound : inbound.locale(locale);
    }

    /// A group that becomes a supergroup goes on under another number: both are one end.
    private static Party party(JsonNode chat, JsonNode message) {
        var caller = Guests.caller(message);
        if (caller != null) {
            return caller;
        }
        var party = Parties.ofChat(chat);
        var before = StrictJson.number(message, "migrate_from_chat_id");
        if (before != null) {
            return party.aliases(before.toString());
        }
        var after = StrictJson.number(message, "migrate_to_chat_id");
        return after == null
                ? party
                : Party.of(after.toString()).named(party.name()).aliases(party.address());
    }

    /// In a business chat the owner of the account may write, too: that is our side.
    private static Inbound written(Inbound inbound, JsonNode message) {
        var from = message.path("from");
        var owner = Parties.owner(message, from);
        if (owner != null) {
            var bot = message.path("sender_business_bot");
            var number = StrictJson.number(bot, "id");
            return inbound.ours(
                    number == null ? owner : Actor.bot(number.toString(), Parties.name(bot)));
        }
        var sender = message.has("sender_chat") ? message.path("sender_chat") : from;
        var actor = Guests.is(message) ? null : Parties.actor(message.path("chat"), sender);
        inbound = actor == null ? inbound : inbound.by(actor);
        var username = text(from, "username");
        return username == null || username.isEmpty()
                ? inbound
                : inbound.extension(USERNAME, Json.string(username));
    }

    private static Inbound answering(Inbound inbound, JsonNode message) {
        var answered = message.path("reply_to_message");
        var chat = StrictJson.number(answered.path("chat"), "id");
        var id = StrictJson.number(answered, "message_id");
        return chat == null || id == null
                ? inbound
                : inbound.inReplyTo(new MessageId(MessageId.space(message), chat, id).external());
    }

    private static Inbound threaded(Inbound inbound, JsonNode message) {
        var thread = StrictJson.number(message, "message_thread_id");
        return thread == null || !StrictJson.flag(message, "is_topic_message") || Guests.is(message)
                ? inbound
                : inbound.thread(thread.toString());
    }

    /// What stood in the link by which somebody came to the bot
    /// (https://core.telegram.org/bots/features#deep-linking).
    private static Inbound start(Inbound inbound, JsonNode message) {
        var text = text(message, "text");
        return text != null && text.startsWith(DEEP_LINK) && text.length() > DEEP_LINK.length()
                ? inbound.extension(START, Json.string(text.substring(DEEP_LINK.length())))
                : inbound;
    }
}
