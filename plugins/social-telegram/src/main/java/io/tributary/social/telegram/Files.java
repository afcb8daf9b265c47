package io.tributary.social.telegram;

import static io.tributary.social.telegram.StrictJson.text;

import io.tributary.model.Content.Media;
import io.tributary.spi.InboundPart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The pictures, sounds and files of a message, each named by its `file_id`.
final class Files {

    private Files() {}

    /// What a member of a message holds; none where it is no media.
    static List<InboundPart> of(JsonNode message, String member) {
        var media = message.path(member);
        var found =
                switch (member) {
                    case "photo" -> largest(StrictJson.objects(message, "photo"));
                    case "animation" -> file(media, Media.Kind.IMAGE, "video/mp4");
                    case "live_photo", "video", "video_note" ->
                            file(media, Media.Kind.VIDEO, "video/mp4");
                    case "audio" -> file(media, Media.Kind.AUDIO, "audio/mpeg");
                    case "voice" -> file(media, Media.Kind.VOICE, "audio/ogg");
                    case "document" -> file(media, Media.Kind.FILE, null);
                    case "sticker" -> file(media, Media.Kind.STICKER, stickerType(media));
                    default -> null;
                };
        if (member.equals("paid_media")) {
            return paid(media, text(message, "caption"));
        }
        return found == null ? List.of() : List.of(captioned(found, text(message, "caption")));
    }

    /// Bought pictures and films, each as if it had been sent alone; what is not bought yet is only
    /// a preview.
    private static List<InboundPart> paid(JsonNode info, @Nullable String caption) {
        var parts = new ArrayList<InboundPart>();
        for (var one : StrictJson.objects(info, "paid_media")) {
            var type = text(one, "type");
            var found = type == null ? List.<InboundPart>of() : of(one, type);
            parts.addAll(found);
        }
        if (!parts.isEmpty()) {
            parts.set(0, captioned(parts.getFirst(), caption));
        }
        return parts;
    }

    /// Telegram makes several sizes of each picture, and names JPEG only by saying so in its
    /// documentation (https://core.telegram.org/bots/api#photosize).
    private static @Nullable InboundPart largest(List<JsonNode> sizes) {
        JsonNode largest = null;
        for (var size : sizes) {
            if (largest == null || area(size) >= area(largest)) {
                largest = size;
            }
        }
        return largest == null ? null : file(largest, Media.Kind.IMAGE, "image/jpeg");
    }

    private static double area(JsonNode size) {
        var width = StrictJson.number(size, "width");
        var height = StrictJson.number(size, "height");
        return width == null || height == null ? 0 : width.doubleValue() * height.doubleValue();
    }

    private static @Nullable InboundPart file(
            JsonNode file, Media.Kind kind, @Nullable String usual) {
        var id = text(file, "file_id");
        if (id == null || id.isEmpty()) {
            return null;
        }
        var type = text(file, "mime_type");
        var size = StrictJson.number(file, "file_size");
        var media =
                Media.pending(kind, type == null || type.isEmpty() ? usual : type)
                        .named(text(file, "file_name"))
                        .measuring(size == null || size < 0 ? 0 : size, null);
        return InboundPart.of(media).fetch(id);
    }

    private static String stickerType(JsonNode sticker) {
        if (StrictJson.flag(sticker, "is_video")) {
            return "video/webm";
        }
        return StrictJson.flag(sticker, "is_animated") ? "application/x-tgsticker" : "image/webp";
    }

    private static InboundPart captioned(InboundPart part, @Nullable String caption) {
        return part.content() instanceof Media media && caption != null && !caption.isEmpty()
                ? new InboundPart(media.captioned(caption), part.externalIds(), part.fetch())
                : part;
    }
}
