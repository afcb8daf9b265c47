package io.tributary.social.telegram;

import io.tributary.model.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What stands about a message beside what it says (https://core.telegram.org/bots/api#message).
final class Envelope {

    /// About the message, and not what it says.
    private static final Set<String> MEMBERS =
            Set.of(
                    "message_id",
                    "message_thread_id",
                    "direct_messages_topic",
                    "from",
                    "sender_chat",
                    "sender_boost_count",
                    "sender_business_bot",
                    "sender_tag",
                    "date",
                    "guest_query_id",
                    "business_connection_id",
                    "chat",
                    "forward_origin",
                    "is_topic_message",
                    "is_automatic_forward",
                    "reply_to_message",
                    "external_reply",
                    "quote",
                    "reply_to_story",
                    "reply_to_checklist_task_id",
                    "reply_to_poll_option_id",
                    "via_bot",
                    "guest_bot_caller_user",
                    "guest_bot_caller_chat",
                    "edit_date",
                    "has_protected_content",
                    "is_from_offline",
                    "is_paid_post",
                    "media_group_id",
                    "author_signature",
                    "paid_star_count",
                    "entities",
                    "link_preview_options",
                    "suggested_post_info",
                    "effect_id",
                    "caption",
                    "caption_entities",
                    "show_caption_above_media",
                    "has_media_spoiler",
                    "reply_markup",
                    // forwarded messages of Bot APIs before 7.0
                    "forward_from",
                    "forward_from_chat",
                    "forward_from_message_id",
                    "forward_signature",
                    "forward_sender_name",
                    "forward_date");

    /// Said elsewhere in the interaction.
    private static final Set<String> ELSEWHERE =
            Set.of(
                    "message_id",
                    "message_thread_id",
                    "is_topic_message",
                    "from",
                    "date",
                    "edit_date",
                    "business_connection_id",
                    "sender_business_bot",
                    "chat",
                    "media_group_id",
                    "entities",
                    "caption",
                    "reply_to_message");

    private static final String CAPTION = "caption";

    private Envelope() {}

    /// Whether a member is about the message. What this version does not know says something.
    static boolean has(String member) {
        return MEMBERS.contains(member);
    }

    /// What has no place in the interaction; null: nothing.
    ///
    /// @param said what has its place there as content
    static @Nullable Json rest(JsonNode message, Contents.Said said) {
        var rest = StrictJson.object();
        for (var member : message.properties()) {
            if (isLeft(member.getKey(), said) || isForeign(member.getKey(), message)) {
                rest.set(member.getKey(), member.getValue());
            }
        }
        return rest.isEmpty() ? null : StrictJson.kept(rest);
    }

    /// The chat is not the other end where the bot is a guest.
    private static boolean isForeign(String member, JsonNode message) {
        return member.equals("chat") && Guests.is(message);
    }

    private static boolean isLeft(String member, Contents.Said said) {
        if (has(member)) {
            return !ELSEWHERE.contains(member) || (member.equals(CAPTION) && said.isCustom());
        }
        return !member.equals(said.member()) && !said.isAlso(member);
    }
}
