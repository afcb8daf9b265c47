package io.tributary.model;

/// A kind of way to reach people, such as `pager`: what a plugin brings.
///
/// @param value lower-case letters, digits and dashes, 1 to 63 of them
public record ChannelId(String value) {

    /// Refuses what does not have the shape above.
    public ChannelId {
        Check.name(value, "a channel id");
    }

    /// The same as the constructor.
    public static ChannelId of(String value) {
        return new ChannelId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
