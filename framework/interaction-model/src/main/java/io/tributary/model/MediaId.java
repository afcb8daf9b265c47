package io.tributary.model;

import java.util.UUID;

/// Which stored picture, sound or file. The bytes are kept beside the log, never in it.
///
/// @param value made by [TimeOrderedIds]: later ones sort after earlier ones
public record MediaId(UUID value) implements Comparable<MediaId> {

    /// Refuses null.
    public MediaId {
        Check.given(value, "a media id");
    }

    /// Reads the text form.
    ///
    /// @throws IllegalArgumentException it is not a UUID in its 36 characters
    public static MediaId of(String text) {
        return new MediaId(Check.uuid(text, "a media id"));
    }

    /// In the order of the text form, so in the order of making.
    @Override
    public int compareTo(MediaId other) {
        return TimeOrderedIds.compare(value, other.value);
    }

    /// The UUID's usual 36 characters.
    @Override
    public String toString() {
        return value.toString();
    }
}
