package io.tributary.model;

import java.util.UUID;

/// Which conversation.
///
/// @param value made by [TimeOrderedIds]: later ones sort after earlier ones
public record ConversationId(UUID value) implements Comparable<ConversationId> {

    /// Refuses null.
    public ConversationId {
        Check.given(value, "a conversation id");
    }

    /// Reads the text form.
    ///
    /// @throws IllegalArgumentException it is not a UUID in its 36 characters
    public static ConversationId of(String text) {
        return new ConversationId(Check.uuid(text, "a conversation id"));
    }

    /// In the order of the text form, so in the order of making.
    @Override
    public int compareTo(ConversationId other) {
        return TimeOrderedIds.compare(value, other.value);
    }

    /// The UUID's usual 36 characters.
    @Override
    public String toString() {
        return value.toString();
    }
}
