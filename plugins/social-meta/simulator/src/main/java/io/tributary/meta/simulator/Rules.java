package io.tributary.meta.simulator;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What the Cloud API refuses at once
/// (https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages).
final class Rules {

    private static final int LONGEST_TEXT = 4096;
    private static final int LONGEST_BODY = 1024;
    private static final int MOST_BUTTONS = 3;
    private static final int MOST_ROWS = 10;
    private static final int LONGEST_LABEL = 20;
    private static final Set<String> TYPES =
            Set.of(
                    "text",
                    "image",
                    "audio",
                    "video",
                    "document",
                    "sticker",
                    "location",
                    "contacts",
                    "interactive",
                    "template",
                    "reaction");

    private final Ledger ledger;

    Rules(Ledger ledger) {
        this.ledger = ledger;
    }

    /// Null: it may go.
    @Nullable Refusal against(JsonNode message, String waId, Instant now) {
        var type = message.path("type").asString("text");
        if (!message.path("messaging_product").asString("").equals("whatsapp")) {
            return Refusal.PARAMETER;
        }
        if (waId.isEmpty() || !message.has(type)) {
            return Refusal.MISSING;
        }
        if (!TYPES.contains(type) || !fits(type, message.path(type))) {
            return Refusal.PARAMETER;
        }
        if (ledger.isAway(waId)) {
            return Refusal.NOBODY;
        }
        if (!type.equals("template") && !ledger.isOpen(waId, now)) {
            return Refusal.WINDOW;
        }
        return ledger.mayTake(waId, now) ? null : Refusal.PAIR;
    }

    private static boolean fits(String type, JsonNode body) {
        return switch (type) {
            case "text" -> isText(body.path("body"), LONGEST_TEXT);
            case "image", "audio", "video", "document", "sticker" ->
                    body.has("id") != body.has("link");
            case "reaction" -> body.path("message_id").asString("").startsWith("wamid.");
            case "interactive" -> interactive(body);
            case "template" -> body.path("language").has("code") && body.has("name");
            default -> true;
        };
    }

    private static boolean interactive(JsonNode body) {
        var action = body.path("action");
        boolean said = isText(body.path("body").path("text"), LONGEST_BODY);
        return said
                && switch (body.path("type").asString("")) {
                    case "button" -> buttons(action.path("buttons"));
                    case "list" ->
                            isText(action.path("button"), LONGEST_LABEL)
                                    && rows(action.path("sections"));
                    case "cta_url" -> action.path("parameters").has("url");
                    default -> true;
                };
    }

    private static boolean buttons(JsonNode buttons) {
        boolean labelled = true;
        for (var button : buttons) {
            labelled &= isText(button.path("reply").path("title"), LONGEST_LABEL);
        }
        return labelled && !buttons.isEmpty() && buttons.size() <= MOST_BUTTONS;
    }

    private static boolean rows(JsonNode sections) {
        int rows = 0;
        boolean headed = true;
        for (var section : sections) {
            rows += section.path("rows").size();
            headed &= sections.size() == 1 || section.has("title");
        }
        return headed && rows > 0 && rows <= MOST_ROWS;
    }

    private static boolean isText(JsonNode node, int longest) {
        var text = node.asString("");
        return !text.isEmpty() && text.length() <= longest;
    }
}
