package io.tributary.host.configuration;

import java.time.Duration;

/// Durations and sizes as they are written in configuration: a number and a unit.
public final class Measures {

    private Measures() {}

    /// Reads `60s`.
    ///
    /// @throws IllegalArgumentException it is no number with ms, s, m, h or d
    public static Duration duration(String text) {
        if (text.endsWith("ms")) {
            return Duration.ofMillis(number(text, 2));
        }
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(number(text, 1));
            case 'm' -> Duration.ofMinutes(number(text, 1));
            case 'h' -> Duration.ofHours(number(text, 1));
            case 'd' -> Duration.ofDays(number(text, 1));
            default -> throw new IllegalArgumentException("no duration: '" + text + "'");
        };
    }

    /// Reads `1MB`, in bytes.
    ///
    /// @throws IllegalArgumentException it is no number with B, kB, MB or GB
    public static long size(String text) {
        if (text.endsWith("kB")) {
            return number(text, 2) * 1_000;
        }
        if (text.endsWith("MB")) {
            return number(text, 2) * 1_000_000;
        }
        if (text.endsWith("GB")) {
            return number(text, 2) * 1_000_000_000;
        }
        if (text.endsWith("B")) {
            return number(text, 1);
        }
        throw new IllegalArgumentException("no size: '" + text + "'");
    }

    private static long number(String text, int unit) {
        return Long.parseLong(text.substring(0, text.length() - unit));
    }
}
