package io.tributary.social.telegram;

import io.tributary.model.Content.Consent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What it says that the bot came into a chat or left it
/// (https://core.telegram.org/bots/api#chatmemberupdated).
final class Memberships {

    private static final String PURPOSE = "messages";

    private Memberships() {}

    /// Who blocks the bot, or takes it out of a group, wants nothing from it any more; who lets it
    /// in again does. Other rights within a group say nothing of that.
    ///
    /// @return null: it says nothing of that
    static @Nullable Consent consent(JsonNode change) {
        var before = isIn(change.path("old_chat_member"));
        var now = isIn(change.path("new_chat_member"));
        if (now == null || (now && !Boolean.FALSE.equals(before))) {
            return null;
        }
        return new Consent(PURPOSE, now);
    }

    /// Whether the bot may hear and write there; null: this version does not know.
    private static @Nullable Boolean isIn(JsonNode member) {
        var status = StrictJson.text(member, "status");
        return switch (status) {
            case "member", "administrator", "creator" -> true;
            case "left", "kicked" -> false;
            // restrictions last while somebody is away
            case "restricted" -> flag(member.path("is_member"));
            case null, default -> null;
        };
    }

    private static @Nullable Boolean flag(JsonNode value) {
        return value.isBoolean() ? Boolean.valueOf(value.booleanValue()) : null;
    }
}
