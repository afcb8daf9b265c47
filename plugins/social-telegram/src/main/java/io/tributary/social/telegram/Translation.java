package io.tributary.social.telegram;

import static io.tributary.social.telegram.StrictJson.needObject;

import io.tributary.model.Content;
import io.tributary.model.Target;
import io.tributary.spi.Arrival;
import io.tributary.spi.Inbound;
import io.tributary.spi.Malformed;
import io.tributary.spi.Party;
import io.tributary.spi.RawEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Turns a stored update, or those of an album, into what happened. Pure.
final class Translation {

    private final Lines lines;
    private final Messages messages;

    Translation(Lines lines) {
        this.lines = lines;
        this.messages = new Messages(lines);
    }

    List<Inbound> of(Arrival arrival) {
        return arrival.events().size() == 1
                ? one(update(arrival.event()))
                : List.of(album(arrival.events()));
    }

    private static JsonNode update(RawEvent event) {
        var update =
                event.kind().equals(UpdateReader.UPDATE) ? StrictJson.read(event.body()) : null;
        if (update == null || UpdateReader.kind(update) == null) {
            throw new Malformed("this is no update of Telegram's");
        }
        return update;
    }

    /// In the order of the chat, whatever the order in which the updates came.
    private Inbound album(List<RawEvent> events) {
        var all =
                events.stream()
                        .map(Translation::update)
                        .map(update -> needObject(update, kind(update)))
                        .sorted(
                                Comparator.comparingLong(
                                        message -> StrictJson.need(message, "message_id")))
                        .toList();
        return messages.album(all);
    }

    private static String kind(JsonNode update) {
        return Objects.requireNonNull(UpdateReader.kind(update));
    }

    private List<Inbound> one(JsonNode update) {
        var kind = kind(update);
        var happened = update.path(kind);
        if (!happened.isObject()) {
            return List.of(Inbound.notice(unknown(kind, update)));
        }
        return switch (kind) {
            case "message", "channel_post", "business_message" ->
                    List.of(messages.message(happened));
            case "guest_message" -> List.of(guest(happened));
            case "edited_message", "edited_channel_post", "edited_business_message" ->
                    List.of(messages.edited(happened));
            case "deleted_business_messages" -> deleted(happened);
            case "message_reaction" -> Reactions.of(happened, lines);
            case "callback_query" -> List.of(Callbacks.of(happened, lines));
            case "my_chat_member" -> List.of(membership(happened));
            default -> List.of(other(kind, happened));
        };
    }

    /// Where it does not say who called the bot, nobody can be answered.
    private Inbound guest(JsonNode message) {
        return Guests.caller(message) == null
                ? Inbound.notice(unknown("guest_message", message))
                : messages.message(message);
    }

    private List<Inbound> deleted(JsonNode deletion) {
        var chat = needObject(deletion, "chat");
        var business = Lines.connection(deletion);
        var inbounds = new ArrayList<Inbound>();
        for (var id : deletion.path("message_ids").values()) {
            if (id.isIntegralNumber() && id.canConvertToLong()) {
                var message = new MessageId(business, StrictJson.need(chat, "id"), id.longValue());
                inbounds.add(
                        Inbound.of(lines.of(deletion), Parties.ofChat(chat), new Content.Deleted())
                                .target(Target.external(message.external())));
            }
        }
        return inbounds;
    }

    private Inbound membership(JsonNode change) {
        var chat = needObject(change, "chat");
        var consent = Memberships.consent(change);
        var content = consent == null ? unknown("my_chat_member", change) : consent;
        var inbound = Inbound.of(lines.bot(), Parties.ofChat(chat), content);
        var time = Times.of(StrictJson.number(change, "date"));
        var actor = Parties.actor(chat, change.path("from"));
        inbound = time == null ? inbound : inbound.at(time);
        return actor == null ? inbound : inbound.by(actor);
    }

    /// In the conversation of whoever it is about, as far as it names somebody.
    private Inbound other(String kind, JsonNode happened) {
        var content = unknown(kind, happened);
        var party = party(kind, happened);
        if (party == null) {
            return Inbound.notice(content);
        }
        var inbound = Inbound.of(lines.of(happened), party, content);
        var time = Times.of(StrictJson.number(happened, "date"));
        return time == null ? inbound : inbound.at(time);
    }

    private static @Nullable Party party(String kind, JsonNode happened) {
        // about our own end, whoever's it is
        if (kind.equals("business_connection") || kind.equals("managed_bot")) {
            return null;
        }
        // the chat is not one in which the bot may write to them
        if (kind.equals("chat_join_request")) {
            return user(happened.path("from"));
        }
        if (StrictJson.number(happened.path("chat"), "id") != null) {
            return Parties.ofChat(happened.path("chat"));
        }
        var from = user(happened.path("from"));
        return from == null ? user(happened.path("user")) : from;
    }

    private static @Nullable Party user(JsonNode user) {
        return StrictJson.number(user, "id") == null ? null : Parties.ofUser(user);
    }

    private static Content unknown(String kind, JsonNode data) {
        var said = Notices.fallback(kind, data);
        return Contents.custom(kind, data, said);
    }
}
