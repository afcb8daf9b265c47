package io.tributary.social.telegram;

import static io.tributary.social.telegram.StrictJson.needObject;

import io.tributary.model.Content;
import io.tributary.model.Target;
import io.tributary.spi.Inbound;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What changed between the reactions that somebody had put to a message and those that are there
/// now (https://core.telegram.org/bots/api#messagereactionupdated).
final class Reactions {

    private Reactions() {}

    static List<Inbound> of(JsonNode change, Lines lines) {
        var before = signs(change, "old_reaction");
        var now = signs(change, "new_reaction");
        var contents = new ArrayList<Content>();
        for (var sign : before) {
            if (!now.contains(sign)) {
                contents.add(new Content.Reaction(sign, false));
            }
        }
        for (var sign : now) {
            if (!before.contains(sign)) {
                contents.add(new Content.Reaction(sign, true));
            }
        }
        return contents.isEmpty() ? List.of() : List.of(inbound(change, lines, contents));
    }

    private static Inbound inbound(JsonNode change, Lines lines, List<Content> contents) {
        var chat = needObject(change, "chat");
        var inbound =
                Inbound.of(lines.of(change), Parties.ofChat(chat), contents.toArray(Content[]::new))
                        .target(Target.external(MessageId.of(change).external()));
        var time = Times.of(StrictJson.number(change, "date"));
        inbound = time == null ? inbound : inbound.at(time);
        var actor =
                Parties.actor(
                        chat, change.has("user") ? change.path("user") : change.path("actor_chat"));
        return actor == null ? inbound : inbound.by(actor);
    }

    private static Set<String> signs(JsonNode change, String member) {
        var signs = new LinkedHashSet<String>();
        for (var type : StrictJson.objects(change, member)) {
            var emoji = StrictJson.text(type, "emoji");
            var custom = StrictJson.text(type, "custom_emoji_id");
            if (emoji != null && !emoji.isEmpty()) {
                signs.add(emoji);
            } else if (custom != null) {
                signs.add("custom:" + custom);
            } else if ("paid".equals(StrictJson.text(type, "type"))) {
                signs.add("⭐");
            }
        }
        return signs;
    }
}
