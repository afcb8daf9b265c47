package io.tributary.testkit;

import java.time.DateTimeException;
import java.time.Duration;

/// Durations as settings write them: ISO-8601 or `500ms`, `30s`, `10m`, `2h`, `3d`.
final class DurationText {

    private DurationText() {}

    /// Reads one.
    ///
    /// @throws DateTimeException it is none
    static Duration parse(String text) {
        if (text.startsWith("P")) {
            return Duration.parse(text);
        }
        int digits = 0;
        while (digits < text.length() && Character.digit(text.charAt(digits), 10) >= 0) {
            digits++;
        }
        if (digits == 0 || digits > 12) {
            throw new DateTimeException("not a duration");
        }
        long number = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> throw new DateTimeException("not a duration");
        };
    }
}
