package io.tributary.social.telegram;

import io.tributary.model.Content.Media;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// By which method a file goes out (https://core.telegram.org/bots/api#sending-files): what
/// Telegram does not show by itself is sent as a document.
final class Uploads {

    /// `sendPhoto`.
    static final int LARGEST_PICTURE = 10_000_000;

    /// Telegram takes 50 MB. Each upload is held in memory and has to be over in 25 s.
    static final int LARGEST_FILE = 20_000_000;

    private static final Set<String> PICTURES = Set.of("image/jpeg", "image/png", "image/webp");
    private static final Set<String> SOUNDS =
            Set.of("audio/mpeg", "audio/mp3", "audio/mp4", "audio/x-m4a", "audio/m4a");
    private static final Set<String> SPEECH = Set.of("audio/ogg", "audio/opus");

    private Uploads() {}

    static Request request(Media media, Request draft) {
        var type = type(media);
        return switch (media.kind()) {
            case IMAGE -> picture(type, draft);
            case VIDEO -> type.equals("video/mp4") ? draft.as("sendVideo", "video") : file(draft);
            case AUDIO -> sound(type, draft);
            case VOICE ->
                    SPEECH.contains(type) || SOUNDS.contains(type)
                            ? draft.as("sendVoice", "voice")
                            : file(draft);
            case STICKER ->
                    type.equals("image/webp") && media.caption() == null
                            ? draft.as("sendSticker", "sticker")
                            : picture(type, draft);
            default -> file(draft);
        };
    }

    private static Request picture(String type, Request draft) {
        if (type.equals("image/gif")) {
            return draft.as("sendAnimation", "animation");
        }
        return PICTURES.contains(type) ? draft.as("sendPhoto", "photo") : file(draft);
    }

    private static Request sound(String type, Request draft) {
        return SOUNDS.contains(type) ? draft.as("sendAudio", "audio") : file(draft);
    }

    /// As a document, which every file can be.
    static Request file(Request draft) {
        return draft.as("sendDocument", "document");
    }

    static String type(Media media) {
        var type = media.mediaType();
        return type == null ? "application/octet-stream" : bare(type);
    }

    private static String bare(String type) {
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip();
    }

    /// Telegram shows files by their names, and knows some of them by what the name ends in.
    static String name(Media media) {
        var name = media.name();
        return name == null || name.isBlank() ? "file" + ending(type(media)) : name;
    }

    private static String ending(String type) {
        return switch (type) {
            case "image/jpeg" -> ".jpg";
            case "image/png" -> ".png";
            case "image/webp" -> ".webp";
            case "image/gif" -> ".gif";
            case "video/mp4" -> ".mp4";
            case "audio/mpeg", "audio/mp3" -> ".mp3";
            case "audio/mp4", "audio/x-m4a", "audio/m4a" -> ".m4a";
            case "audio/ogg", "audio/opus" -> ".ogg";
            case "application/pdf" -> ".pdf";
            default -> "";
        };
    }

    /// The kind that `editMessageMedia` knows a method's file by; null: it cannot replace by that.
    static @Nullable String inputMedia(Request request) {
        return switch (request.field()) {
            case "photo", "video", "animation", "audio", "document" -> request.field();
            default -> null;
        };
    }
}
