package io.tributary.social.telegram;

import io.tributary.model.Content;
import io.tributary.spi.OutboundMessage;
import tools.jackson.databind.node.ObjectNode;

/// Changes of messages (https://core.telegram.org/bots/api#updating-messages).
final class Edits {

    private Edits() {}

    static Request of(Content.Edited edited, OutboundMessage message) throws Unsendable {
        var targets = Composer.targets(message);
        if (targets.size() > 1 || edited.parts().size() > 1) {
            throw new Unsendable("Telegram changes one message to one content");
        }
        var target = targets.getFirst();
        var request = Composer.addressed(message).put("message_id", target.message());
        return switch (edited.parts().getFirst().content()) {
            case Content.Text text -> text(Composer.text(text, request));
            case Content.Choices choices -> text(Composer.choices(choices, request));
            case Content.Media media when media.id() != null -> media(media, request);
            default -> throw new Unsendable("a message cannot become this type of content");
        };
    }

    private static Request text(Request fresh) {
        return Request.of("editMessageText", fresh.parameters());
    }

    /// The same words below a file.
    static Request caption(Request text) {
        var request = text.parameters().deepCopy();
        request.set("caption", request.remove("text"));
        var entities = request.remove("entities");
        if (entities != null) {
            request.set("caption_entities", entities);
        }
        return Request.of("editMessageCaption", request);
    }

    private static Request media(Content.Media media, ObjectNode request) throws Unsendable {
        var asSent = Uploads.request(media, new Request("", request, media, ""));
        var kind = Uploads.inputMedia(asSent);
        if (kind == null) {
            throw new Unsendable("a message cannot become a file of this kind");
        }
        var replaced = request.putObject("media").put("type", kind).put("media", "attach://file");
        var caption = media.caption();
        if (caption != null && !caption.isEmpty()) {
            replaced.put("caption", caption);
        }
        return asSent.as("editMessageMedia", "file");
    }
}
