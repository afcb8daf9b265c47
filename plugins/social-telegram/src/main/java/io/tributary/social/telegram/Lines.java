package io.tributary.social.telegram;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Our ends: the bot, by its number, and each business account that it is connected to, by the
/// connection.
///
/// @param bot the number of the bot
record Lines(String bot) {

    private static final String BUSINESS = "business:";

    /// The number before the colon of a token is the bot's public id
    /// (https://core.telegram.org/bots/api#authorizing-your-bot).
    static Lines ofToken(String token) {
        int colon = token.indexOf(':');
        return new Lines(colon < 1 ? "bot" : token.substring(0, colon));
    }

    /// The line at which something came.
    String of(JsonNode message) {
        var business = connection(message);
        return business == null ? bot : BUSINESS + business;
    }

    /// The business connection over which something came; null: none, but to the bot itself.
    static @Nullable String connection(JsonNode message) {
        var business = StrictJson.text(message, "business_connection_id");
        return business == null || business.isEmpty() ? null : business;
    }

    /// The business connection of a line; null: it is the bot itself.
    static @Nullable String business(String line) {
        return line.startsWith(BUSINESS) ? line.substring(BUSINESS.length()) : null;
    }
}
