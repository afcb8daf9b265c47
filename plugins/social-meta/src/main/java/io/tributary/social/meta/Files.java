package io.tributary.social.meta;

import io.tributary.model.Content;
import io.tributary.spi.MediaStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Files of ours as Meta takes them: it downloads them when it takes the message.
final class Files {

    /// Long enough for Meta's own attempts.
    private static final Duration VALID = Duration.ofHours(1);

    private final MediaStore media;

    Files(MediaStore media) {
        this.media = media;
    }

    /// Null: the bytes are not there.
    @Nullable String link(Content.Media file) {
        var id = file.id();
        return id == null ? null : media.link(id, VALID).toString();
    }
}
