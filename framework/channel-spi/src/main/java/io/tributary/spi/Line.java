package io.tributary.spi;

import io.tributary.model.ChannelId;
import org.jspecify.annotations.Nullable;

/// One of our ends on an account: a number, a short code, a page, a store.
///
/// @param id as it stands in interactions' `line`, 1 to 512 characters
/// @param name for people
/// @param channel which channel it speaks, where one account carries several; null: the account's
///   own
public record Line(String id, String name, @Nullable ChannelId channel) {

    public Line {
        Shape.name(id, "a line's id");
        Shape.name(name, "a line's name");
    }

    public static Line of(String id, String name) {
        return new Line(id, name, null);
    }
}
