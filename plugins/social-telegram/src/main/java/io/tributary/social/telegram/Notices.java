package io.tributary.social.telegram;

import tools.jackson.databind.JsonNode;

/// What a person reads instead of an update that the model has no word for.
final class Notices {

    private Notices() {}

    static String fallback(String kind, JsonNode data) {
        return switch (kind) {
            case "poll_answer" ->
                    data.path("option_ids").isEmpty() ? "Took a vote back" : "Voted in a poll";
            case "poll" -> "The votes of a poll changed";
            case "message_reaction_count" -> "Reactions to a message changed";
            case "chat_join_request" -> "Asks to join a chat";
            case "chat_member" -> "A member of the group changed";
            case "my_chat_member" -> "The bot's rights in the chat changed";
            case "purchased_paid_media" -> "Bought media";
            case "chat_boost", "removed_chat_boost" -> "The chat's boosts changed";
            case "business_connection" ->
                    StrictJson.flag(data, "is_enabled")
                            ? "A business account was connected to the bot, or its rights changed"
                            : "A business account was disconnected from the bot";
            default -> "An update of Telegram: " + ServiceMessages.words(shown(kind));
        };
    }

    private static String shown(String kind) {
        return kind.length() > 64 ? kind.substring(0, 64) : kind;
    }
}
