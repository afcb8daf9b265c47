package io.tributary.social.telegram;

import io.tributary.spi.OutboundMessage.Reference;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What one message is called on an account: Telegram's own ids are unique within a chat only, and
/// the chats of a business account and those in which the bot is a guest are others than the bot's,
/// even where their ids are the same.
///
/// @param space the business connection or [#GUEST]; null: one of the bot's own chats
record MessageId(@Nullable String space, long chat, long message) {

    /// The chats of others.
    static final String GUEST = "guest";

    private static final Pattern SHAPE =
            Pattern.compile("(?:([^:]{1,256}):)?(-?[0-9]{1,18}):([0-9]{1,18})");

    /// Of a message, as Telegram describes it.
    static MessageId of(JsonNode message) {
        return new MessageId(
                space(message),
                StrictJson.need(StrictJson.needObject(message, "chat"), "id"),
                StrictJson.need(message, "message_id"));
    }

    /// The space in which a message and what it answers are.
    static @Nullable String space(JsonNode message) {
        return Guests.is(message) ? GUEST : Lines.connection(message);
    }

    /// The id under which it is known to the host.
    String external() {
        return (space == null ? "" : space + ':') + chat + ':' + message;
    }

    /// The chat's number as an address has it.
    String inChat() {
        return Long.toString(chat);
    }

    /// Reads [#external()]; null: it is none, such as the key of a send.
    static @Nullable MessageId parse(String external) {
        var parts = SHAPE.matcher(external);
        return parts.matches()
                ? new MessageId(parts.group(1), number(parts, 2), number(parts, 3))
                : null;
    }

    private static long number(Matcher parts, int group) {
        return Long.parseLong(Objects.requireNonNull(parts.group(group)));
    }

    /// All that a reference names, in order.
    static List<MessageId> all(@Nullable Reference reference) {
        return reference == null
                ? List.of()
                : reference.externalIds().stream()
                        .flatMap(id -> Stream.ofNullable(parse(id)))
                        .distinct()
                        .toList();
    }
}
