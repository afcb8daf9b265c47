package io.tributary.host.media;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tika.Tika;
import org.apache.tika.mime.MediaTypeRegistry;
import org.jspecify.annotations.Nullable;

/// What kind of bytes it is: as found in them, or where they do not tell, as whoever sent them
/// said. Of several names of one type the sender's is kept.
final class MediaType {

    static final String UNKNOWN = "application/octet-stream";

    /// As many bytes as the detector looks at.
    static final int HEAD = 64 * 1024;

    private static final Tika DETECTOR = new Tika();

    private static final MediaTypeRegistry NAMES = MediaTypeRegistry.getDefaultRegistry();

    /// Other names that senders use and the detector does not know.
    private static final Map<String, String> OTHER_NAMES =
            Map.of("audio/mp3", "audio/mpeg", "audio/m4a", "audio/mp4", "image/jpg", "image/jpeg");

    /// Formats that browsers show and that hold no script, by one of their names. SVG, HTML, PDF
    /// and whatever is not listed are only ever downloaded.
    private static final Set<String> SHOWN =
            canonical(
                    "image/png",
                    "image/jpeg",
                    "image/gif",
                    "image/webp",
                    "image/avif",
                    "image/bmp",
                    "audio/mpeg",
                    "audio/mp4",
                    "audio/ogg",
                    "audio/opus",
                    "audio/amr",
                    "audio/aac",
                    "audio/wav",
                    "audio/webm",
                    "audio/flac",
                    "video/mp4",
                    "video/webm",
                    "video/ogg",
                    "video/3gpp",
                    "video/quicktime");

    private MediaType() {}

    /// @param head the first bytes, at most [#HEAD]
    /// @param declared as the sender said, with or without parameters; null where nobody did
    static String of(byte[] head, @Nullable String declared) {
        String found = DETECTOR.detect(head);
        String said = essence(declared);
        if (found.equals(UNKNOWN)) {
            return said == null || active(said) ? UNKNOWN : said;
        }
        if (said == null) {
            return found;
        }
        boolean fits = same(found, said) || broader(found, said) || broader(found, canonical(said));
        return fits ? said : found;
    }

    /// Whether a browser may show it in place.
    static boolean shown(String type) {
        return SHOWN.contains(canonical(type));
    }

    /// Whether both name one type: many have several names, as `audio/wav` and `audio/vnd.wave`.
    static boolean same(String one, String other) {
        return canonical(one).equals(canonical(other));
    }

    private static String canonical(String type) {
        String known = OTHER_NAMES.getOrDefault(type, type);
        var parsed = org.apache.tika.mime.MediaType.parse(known);
        return parsed == null ? known : NAMES.normalize(parsed).toString();
    }

    private static Set<String> canonical(String... types) {
        return Stream.of(types).map(MediaType::canonical).collect(Collectors.toUnmodifiableSet());
    }

    /// Containers look alike inside: an Ogg or MP4 file may be sound or video, and a text any kind
    /// of text that is not active.
    private static boolean broader(String found, String said) {
        return switch (found) {
            case "text/plain" -> said.startsWith("text/") && !active(said);
            case "application/ogg", "audio/vorbis", "audio/ogg" ->
                    said.equals("audio/ogg")
                            || said.equals("audio/opus")
                            || said.equals("video/ogg");
            case "video/mp4", "application/mp4", "video/quicktime" ->
                    said.equals("audio/mp4") || said.equals("video/mp4");
            case "video/3gpp" -> said.equals("audio/3gpp");
            case "video/webm", "application/x-matroska" ->
                    said.equals("audio/webm") || said.equals("video/webm");
            case "application/zip" -> said.startsWith("application/vnd.");
            default -> false;
        };
    }

    /// What a browser might run.
    private static boolean active(String type) {
        return type.contains("html")
                || type.contains("xml")
                || type.contains("script")
                || type.contains("svg");
    }

    /// Type and subtype in lower case; null where it is none.
    static @Nullable String essence(@Nullable String declared) {
        if (declared == null) {
            return null;
        }
        int end = declared.indexOf(';');
        String type =
                (end < 0 ? declared : declared.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        int slash = type.indexOf('/');
        if (slash < 1 || slash == type.length() - 1 || type.length() > 127) {
            return null;
        }
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            boolean fits =
                    (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "/+-.".indexOf(c) >= 0;
            if (!fits || (c == '/' && i != slash)) {
                return null;
            }
        }
        return type;
    }
}
