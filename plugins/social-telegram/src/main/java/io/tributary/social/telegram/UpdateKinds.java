package io.tributary.social.telegram;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
                    "guest_message",
                    "message_reaction",
                    "message_reaction_count",
                    "callback_query",
                    "purchased_paid_media",
                    "poll",
                    "poll_answer",
                    "my_chat_member",
                    "chat_join_request");

    /// Come to nobody who does not name them.
    static final Set<String> ONLY_IF_NAMED =
            Set.of("chat_member", "message_reaction", "message_reaction_count");

    private UpdateKinds() {}

    /// All that are asked for.
    ///
    /// @param further kinds that the settings name
    static Set<String> with(List<String> further) {
        var all = new LinkedHashSet<>(ASKED_FOR);
        all.addAll(further);
        return all;
    }

    static void add(List<String> further, ArrayNode kinds) {
        with(further).forEach(kinds::add);
    }
}
