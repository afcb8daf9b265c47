package io.tributary.wearables.mqtt;

import io.tributary.spi.Malformed;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Times as devices tell them, by clocks that may be wrong.
final class Times {

    /// Less than this may be the way to us.
    private static final Duration TOLERATED = Duration.ofMinutes(2);

    /// What is added to a time must not leave the years of four digits.
    private static final int LAST_YEAR = 9_900;

    private Times() {}

    /// A time with its offset; null: it is not there, or none that can be told apart from others
    /// (without an offset, in a year of more than four digits).
    static @Nullable Instant read(JsonNode object, String name) {
        return read(StrictJson.text(object, name));
    }

    static @Nullable Instant read(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            var time = OffsetDateTime.parse(text);
            return time.getYear() < 0 || time.getYear() > LAST_YEAR ? null : time.toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /// @throws Malformed it is not there
    static Instant need(JsonNode object, String name) {
        var time = read(object, name);
        if (time == null) {
            throw new Malformed("'" + name + "' is no time with an offset");
        }
        return time;
    }

    /// How far a device's clock is surely ahead: nothing can be sent, or measured, before it
    /// happens. Whether one is behind cannot be told from a message that had to wait.
    ///
    /// @param said the latest time that the device told
    static Duration ahead(@Nullable Instant said, Instant receivedAt) {
        if (said == null || said.isBefore(receivedAt.plus(TOLERATED))) {
            return Duration.ZERO;
        }
        return Duration.between(receivedAt, said);
    }
}
