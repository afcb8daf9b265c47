package io.tributary.model;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The preconditions that several types of the model share, with messages that name the value but
/// never quote what a customer said.
final class Check {

    private static final int LONGEST_NAME = 63;
    private static final int MOST_DIGITS = 90;
    private static final int UUID_LENGTH = 36;

    private Check() {}

    static <T> T given(@Nullable T value, String what) {
        if (value == null) {
            throw new NullPointerException(what + " must not be null");
        }
        return value;
    }

    static String filled(String value, String what) {
        if (given(value, what).isEmpty()) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
        return value;
    }

    static void that(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /// A number that somebody may have measured or paid. `1e999999999` is short, but whoever prints
    /// it plainly writes a gigabyte.
    static void sensible(BigDecimal number, String what) {
        that(
                given(number, what).precision() <= MOST_DIGITS
                        && Math.abs((long) number.scale()) <= MOST_DIGITS,
                what + " must be a number of at most 90 digits");
    }

    static <T> List<T> list(List<T> values, String what) {
        for (T value : given(values, what)) {
            given(value, "an element of " + what);
        }
        return List.copyOf(values);
    }

    static <T> List<T> filledList(List<T> values, String what) {
        List<T> copy = list(values, what);
        that(!copy.isEmpty(), what + " must not be empty");
        return copy;
    }

    /// Keeps the order of the entries, unlike `Map.copyOf`: what was encoded once is encoded the
    /// same way again.
    static <V> Map<String, V> map(Map<String, V> values, String what) {
        if (given(values, what).isEmpty()) {
            return Map.of();
        }
        var copy = new LinkedHashMap<String, V>(values);
        copy.forEach((key, value) -> {
            given(key, "a key of " + what);
            given(value, "a value of " + what);
        });
        return Collections.unmodifiableMap(copy);
    }

    /// A short name that is safe in paths, file names and metrics: `[a-z0-9-]{1,63}`. Looked at
    /// character by character, since this runs for every interaction.
    static String name(String value, String what) {
        int length = given(value, what).length();
        boolean fits = length >= 1 && length <= LONGEST_NAME;
        for (int i = 0; fits && i < length; i++) {
            char c = value.charAt(i);
            fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        }
        that(fits, what + " must be 1 to 63 lower-case letters, digits and dashes");
        return value;
    }

    /// Parses the 36 characters of a UUID. `UUID.fromString` alone would also take `1-1-1-1-1`.
    static UUID uuid(String text, String what) {
        boolean fits = given(text, what).length() == UUID_LENGTH;
        for (int i = 0; fits && i < UUID_LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            fits = dash ? c == '-' : Character.digit(c, 16) >= 0 && c < 128;
        }
        that(
                fits,
                "not " + what + ": expected a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057");
        return UUID.fromString(text);
    }
}
