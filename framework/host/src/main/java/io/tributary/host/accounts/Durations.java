package io.tributary.host.accounts;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/// Reads durations as settings have them: `PT30S`, `500ms`, `30s`, `10m`, `2h`, `3d`.
final class Durations {

    private Durations() {}

    /// @throws IllegalArgumentException it is none of them
    static Duration parse(String text) {
        try {
            return text.startsWith("P") || text.startsWith("-P")
                    ? Duration.parse(text)
                    : withUnit(text);
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException wrong) {
            throw new IllegalArgumentException("no duration", wrong);
        }
    }

    private static Duration withUnit(String text) {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        long amount = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> throw new IllegalArgumentException("no unit of time");
        };
    }
}
