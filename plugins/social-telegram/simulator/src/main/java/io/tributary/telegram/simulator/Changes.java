package io.tributary.telegram.simulator;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What the bot may make of a message that is there
/// (https://core.telegram.org/bots/api#updating-messages).
final class Changes {

    private static final List<String> WORDS =
            List.of("text", "entities", "caption", "caption_entities", "reply_markup");

    private final FileShelf shelf;

    Changes(FileShelf shelf) {
        this.shelf = shelf;
    }

    /// The message as it is after a call of an `edit` method.
    ObjectNode of(String method, ObjectNode message, Parameters given) throws Refused {
        boolean withFile = Letters.FILES.values().stream().anyMatch(message::has);
        var changed = message.deepCopy().remove(WORDS);
        switch (method) {
            case "editMessageText" -> {
                if (withFile) {
                    throw Refused.bad("there is no text in the message to edit");
                }
                Letters.text(given, changed);
            }
            case "editMessageCaption" -> {
                if (!withFile || message.has("sticker")) {
                    throw Refused.bad("there is no caption in the message to edit");
                }
                Letters.caption(given.text("caption"), changed);
                formatting(given, changed);
            }
            default -> media(given, changed);
        }
        Letters.keyboard(given.values().path("reply_markup"), changed);
        return changed;
    }

    private static void formatting(Parameters given, ObjectNode changed) {
        var entities = given.values().path("caption_entities");
        if (!entities.isMissingNode()) {
            changed.set("caption_entities", entities);
        }
    }

    private void media(Parameters given, ObjectNode changed) throws Refused {
        var media = given.values().path("media");
        var attached = media.path("media").asString("").replaceFirst("^attach://", "");
        var upload = given.files().get(attached);
        if (upload == null) {
            throw Refused.bad("there is no file in the request");
        }
        changed.remove(Letters.FILES.values());
        Letters.file(media.path("type").asString(""), upload, shelf, changed);
        Letters.caption(media.path("caption").asString(""), changed);
    }
}
