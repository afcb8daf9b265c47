package io.tributary.json;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The names of an enum's constants in JSON: `HANG_UP` is `hangUp`.
final class EnumNames<E extends Enum<E>> {

    private final Map<E, String> names;
    private final Map<String, E> constants = new HashMap<>();
    private final E first;

    EnumNames(Class<E> type) {
        E[] all = type.getEnumConstants();
        names = new EnumMap<>(type);
        first = all[0];
        for (E constant : all) {
            String name = camelCase(constant.name());
            names.put(constant, name);
            constants.put(name, constant);
        }
    }

    String of(E constant) {
        return Objects.requireNonNull(names.get(constant));
    }

    @Nullable E constant(String name) {
        return constants.get(name);
    }

    /// Any constant, where one is needed and none was readable.
    E first() {
        return first;
    }

    /// All names, for people.
    String all() {
        return String.join(", ", names.values());
    }

    private static String camelCase(String constant) {
        var name = new StringBuilder(constant.length());
        boolean upper = false;
        for (char c : constant.toLowerCase(Locale.ROOT).toCharArray()) {
            if (c != '_') {
                name.append(upper ? Character.toUpperCase(c) : c);
            }
            upper = c == '_';
        }
        return name.toString();
    }
}
