package io.tributary.social.telegram;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Telegram's times are whole seconds since 1970.
final class Times {

    /// The end of the year 9999.
    private static final long LATEST = 253_402_300_799L;

    private Times() {}

    /// @return null: that is no time; 0 stands for a message that cannot be seen any more
    static @Nullable Instant of(@Nullable Long seconds) {
        return seconds == null || seconds <= 0 || seconds > LATEST
                ? null
                : Instant.ofEpochSecond(seconds);
    }
}
