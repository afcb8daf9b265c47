package io.tributary.voice.twilio;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Times as Twilio writes them.
final class Times {

    private static final int LONGEST_NUMBER = 9;

    private Times() {}

    /// RFC 2822, or ISO 8601 in what is newer; null: none, or it cannot be read.
    static @Nullable Instant of(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return text.indexOf('T') == 10
                    ? DateTimeFormatter.ISO_DATE_TIME.parse(text, Instant::from)
                    : DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /// Whole seconds; null: none, or it is no number.
    static @Nullable Duration seconds(@Nullable String text) {
        if (text == null
                || text.isEmpty()
                || text.length() > LONGEST_NUMBER
                || !text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return null;
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }
}
