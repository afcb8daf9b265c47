package io.tributary.social.telegram;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What a person reads instead of a message that the model has no word for.
final class ServiceMessages {

    private static final Map<String, String> PLAIN =
            Map.ofEntries(
                    Map.entry("new_chat_members", "Somebody joined the group"),
                    Map.entry("left_chat_member", "Somebody left the group"),
                    Map.entry("chat_owner_left", "The owner left the group"),
                    Map.entry("chat_owner_changed", "The group has another owner"),
                    Map.entry("new_chat_title", "The group has another name"),
                    Map.entry("new_chat_photo", "The group has another picture"),
                    Map.entry("delete_chat_photo", "The group's picture was removed"),
                    Map.entry("group_chat_created", "The group was made"),
                    Map.entry("supergroup_chat_created", "The group was made"),
                    Map.entry("channel_chat_created", "The channel was made"),
                    Map.entry("message_auto_delete_timer_changed", "Messages vanish after a time"),
                    Map.entry("migrate_to_chat_id", "The group became a supergroup"),
                    Map.entry("migrate_from_chat_id", "The group became a supergroup"),
                    Map.entry("pinned_message", "A message was pinned"),
                    Map.entry("invoice", "An invoice"),
                    Map.entry("refunded_payment", "A payment was given back"),
                    Map.entry("users_shared", "Shared other users"),
                    Map.entry("chat_shared", "Shared a chat"),
                    Map.entry("gift", "A gift"),
                    Map.entry("unique_gift", "A gift"),
                    Map.entry("gift_upgrade_sent", "A better gift"),
                    Map.entry("connected_website", "Signed in to a website"),
                    Map.entry("write_access_allowed", "Allowed the bot to write"),
                    Map.entry("passport_data", "Shared identity papers"),
                    Map.entry("proximity_alert_triggered", "Came near somebody"),
                    Map.entry("story", "A story"),
                    Map.entry("checklist", "A checklist"),
                    Map.entry("rich_message", "A formatted message"),
                    Map.entry("paid_media", "Media that must be bought first"),
                    Map.entry("giveaway", "A giveaway"),
                    Map.entry("chat_background_set", "The chat has another background"));

    private ServiceMessages() {}

    static String fallback(String member, JsonNode value) {
        return switch (member) {
            case "dice" -> said("Threw ", value, "emoji") + count(value);
            case "poll" -> said("A poll: ", value, "question");
            case "game" -> said("A game: ", value, "title");
            case "invoice" -> said("An invoice: ", value, "title");
            case "successful_payment" -> paid(value);
            case "checklist" -> said("A checklist: ", value, "title");
            default -> PLAIN.getOrDefault(member, "A message of Telegram: " + words(member));
        };
    }

    private static String said(String before, JsonNode value, String member) {
        var text = StrictJson.text(value, member);
        return before + (text == null ? "?" : text);
    }

    private static String count(JsonNode value) {
        var number = StrictJson.number(value, "value");
        return number == null ? "" : " " + number;
    }

    /// Amounts are in the smallest unit of the currency, whose size Telegram does not say.
    private static String paid(JsonNode payment) {
        var amount = StrictJson.number(payment, "total_amount");
        return "Paid "
                + (amount == null ? "?" : amount.toString())
                + said(" ", payment, "currency");
    }

    static String words(String name) {
        return name.replace('_', ' ');
    }
}
