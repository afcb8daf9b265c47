package io.tributary.model;

import java.util.UUID;

/// Which customer. A merge makes one id an alias of another; both stay valid.
///
/// @param value made by [TimeOrderedIds]: later ones sort after earlier ones
public record CustomerId(UUID value) implements Comparable<CustomerId> {

    /// Refuses null.
    public CustomerId {
        Check.given(value, "a customer id");
    }

    /// Reads the text form.
    ///
    /// @throws IllegalArgumentException it is not a UUID in its 36 characters
    public static CustomerId of(String text) {
        return new CustomerId(Check.uuid(text, "a customer id"));
    }

    /// In the order of the text form, so in the order of making.
    @Override
    public int compareTo(CustomerId other) {
        return TimeOrderedIds.compare(value, other.value);
    }

    /// The UUID's usual 36 characters.
    @Override
    public String toString() {
        return value.toString();
    }
}
