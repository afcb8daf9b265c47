package io.tributary.social.meta;

import io.tributary.model.Content;
import io.tributary.spi.InboundPart;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a Messenger or Instagram message says
/// (https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messages).
final class PageContents {

    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z0-9_-]{1,64}");

    private final Platform platform;

    PageContents(Platform platform) {
        this.platform = platform;
    }

    /// Never nothing: what is not understood stays as it came.
    List<InboundPart> of(Node message) {
        var parts = new ArrayList<InboundPart>();
        var text = message.text("text");
        var chosen = message.at("quick_reply").text("payload");
        if (chosen != null) {
            var label = text == null ? chosen : text;
            parts.add(InboundPart.of(new Content.ChoiceMade(chosen, label)));
        } else if (text != null) {
            parts.add(InboundPart.of(Content.text(text)));
        }
        for (var attachment : message.at("attachments").list()) {
            parts.add(attachment(attachment));
        }
        if (parts.isEmpty()) {
            var what = message.flag("is_unsupported") ? "unsupported" : "message";
            parts.add(unknown(what, message));
        }
        return parts;
    }

    private InboundPart attachment(Node attachment) {
        var type = attachment.text("type", "");
        var payload = attachment.at("payload");
        try {
            return switch (type) {
                case "image" -> media(image(payload), type, attachment);
                case "audio" -> media(Content.Media.Kind.AUDIO, type, attachment);
                case "video", "reel", "ig_reel" ->
                        media(Content.Media.Kind.VIDEO, type, attachment);
                case "file", "share", "post", "ig_post", "story_mention", "ig_story" ->
                        media(Content.Media.Kind.FILE, type, attachment);
                case "location" -> InboundPart.of(location(payload.at("coordinates")));
                case "like_heart" -> InboundPart.of(Content.text("❤️"));
                case "fallback" -> link(type, attachment);
                default -> unknown(type, attachment);
            };
        } catch (Node.Unfamiliar | IllegalArgumentException otherThanItWas) {
            return unknown(type, attachment);
        }
    }

    private static Content.Media.Kind image(Node payload) {
        return payload.has("sticker_id") ? Content.Media.Kind.STICKER : Content.Media.Kind.IMAGE;
    }

    /// What is not kept at Meta is a link that somebody shared.
    private InboundPart media(Content.Media.Kind kind, String type, Node attachment) {
        var payload = attachment.at("payload");
        var url = payload.text("url");
        if (url == null || !MediaHosts.delivers(url)) {
            return link(type, attachment);
        }
        var media = Content.Media.pending(kind, null).captioned(payload.text("title"));
        return InboundPart.of(media).fetch(url);
    }

    private InboundPart link(String type, Node attachment) {
        var payload = attachment.at("payload");
        var url = payload.text("url", attachment.text("url", ""));
        var title = payload.text("title", attachment.text("title", ""));
        var text = title.isEmpty() || url.isEmpty() ? title + url : title + '\n' + url;
        return text.isEmpty() ? unknown(type, attachment) : InboundPart.of(Content.text(text));
    }

    private static Content location(Node coordinates) {
        return Content.location(coordinates.real("lat"), coordinates.real("long"));
    }

    InboundPart unknown(String type, Node raw) {
        var name = PLAIN_NAME.matcher(type).matches() ? type : "unknown";
        return InboundPart.of(
                new Content.Custom(
                        platform.name(name), raw.json(), "[" + name.replace('_', ' ') + "]"));
    }
}
