package io.tributary.social.telegram;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/// Which updates are asked for: those in which somebody says or does something. Inline queries,
/// shipping and checkout are questions that only a bot can answer in time, and are left out.
final class UpdateKinds {

    static final List<String> ASKED_FOR =
            List.of(
                    "message",
                    "edited_message",
                    "channel_post",
                    "edited_channel_post",
                    "business_connection",
                    "business_message",
                    "edited_business_message",
                    "deleted_business_messages",
                    "message_reaction",
                    "message_reaction_count",
                    "callback_query",
                    "purchased_paid_media",
                    "poll",
                    "poll_answer",
                    "my_chat_member",
                    "chat_join_request");

    private UpdateKinds() {}

    /// @param further kinds that the settings name
    static void add(List<String> further, ArrayNode kinds) {
        ASKED_FOR.forEach(kinds::add);
        further.stream().filter(kind -> !ASKED_FOR.contains(kind)).forEach(kinds::add);
    }
}
