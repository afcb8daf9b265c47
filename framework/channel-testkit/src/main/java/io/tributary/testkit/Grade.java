package io.tributary.testkit;

import java.util.Locale;

/// What a check says of a channel that passes it, and all others of its grade and below.
enum Grade {
    /// Honest and safe: it is what it says, and takes and tells nothing that it should not.
    BRONZE,
    /// Keeps its word in trouble: repeated, cut off, busy, lying or full.
    SILVER,
    /// Lives: restarts, reloads, settles what is unknown, and was tried with what really came.
    GOLD;

    /// As it stands on a card.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
