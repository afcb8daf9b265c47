package io.tributary.social.telegram;

import io.tributary.spi.Party;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Messages from chats in which somebody has called the bot without its being there
/// (https://core.telegram.org/bots/api#message, `guest_query_id`). Such a chat may have the same
/// number as another in which the bot is, and nothing can be written to it as to a chat: whoever
/// called is answered where they talk to the bot.
final class Guests {

    private Guests() {}

    static boolean is(JsonNode message) {
        var query = StrictJson.text(message, "guest_query_id");
        return query != null && !query.isEmpty();
    }

    /// Who called; null: nobody did, or it does not say.
    static @Nullable Party caller(JsonNode message) {
        var from = message.path("from");
        return is(message) && StrictJson.number(from, "id") != null ? Parties.ofUser(from) : null;
    }
}
