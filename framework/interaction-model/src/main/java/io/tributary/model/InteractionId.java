package io.tributary.model;

import java.util.UUID;

/// Which interaction: the same in the log, on the stream and in every reference to it.
///
/// @param value made by [TimeOrderedIds]: later ones sort after earlier ones
public record InteractionId(UUID value) implements Comparable<InteractionId> {

    /// Refuses null.
    public InteractionId {
        Check.given(value, "an interaction id");
    }

    /// Reads the text form.
    ///
    /// @throws IllegalArgumentException it is not a UUID in its 36 characters
    public static InteractionId of(String text) {
        return new InteractionId(Check.uuid(text, "an interaction id"));
    }

    /// In the order of the text form, so in the order of making.
    @Override
    public int compareTo(InteractionId other) {
        return TimeOrderedIds.compare(value, other.value);
    }

    /// The UUID's usual 36 characters.
    @Override
    public String toString() {
        return value.toString();
    }
}
