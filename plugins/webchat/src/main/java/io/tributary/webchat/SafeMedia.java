package io.tributary.webchat;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which media browsers may show in a page. Whatever could be active (SVG is) is offered as a file.
final class SafeMedia {

    private static final Set<String> PICTURES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private SafeMedia() {}

    static boolean isPicture(@Nullable String type) {
        return type != null && PICTURES.contains(type.toLowerCase(Locale.ROOT));
    }
}
