package io.tributary.spi;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks names up in a map whose names are lower-case already, whatever the caller's case.
final class Headers {

    private Headers() {}

    static @Nullable String first(Map<String, List<String>> headers, String name) {
        var values = all(headers, name);
        return values.isEmpty() ? null : values.getFirst();
    }

    static List<String> all(Map<String, List<String>> headers, String name) {
        var values = headers.get(lower(name));
        return values == null ? List.of() : values;
    }

    static String need(Map<String, List<String>> headers, String name) {
        var value = first(headers, name);
        if (value == null) {
            throw new Malformed("header " + name + " is missing");
        }
        return value;
    }

    /// A copy in which the name has exactly these values; without values it is gone.
    static Map<String, List<String>> set(
            Map<String, List<String>> headers, String name, List<String> values) {
        var more = new HashMap<>(headers);
        if (values.isEmpty()) {
            more.remove(lower(name));
        } else {
            more.put(lower(name), List.copyOf(values));
        }
        return Map.copyOf(more);
    }

    /// The same name in lower case; the very same object where it is so already, which on the way
    /// of a webhook it nearly always is.
    private static String lower(String name) {
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (letter >= 'A' && letter <= 'Z') {
                return name.toLowerCase(Locale.ROOT);
            }
        }
        return name;
    }
}
