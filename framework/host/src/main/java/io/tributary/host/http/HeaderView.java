package io.tributary.host.http;

import io.vertx.core.MultiMap;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Headers by lower-case name, as endpoints and plugins see them, without a copy until somebody
/// asks for all of them.
final class HeaderView extends AbstractMap<String, List<String>> {

    private final MultiMap headers;
    private @Nullable Map<String, List<String>> all;

    HeaderView(MultiMap headers) {
        this.headers = headers;
    }

    @Override
    @SuppressWarnings("NullAway") // a map says by null that it has no such key
    public List<String> get(Object name) {
        if (!(name instanceof String text) || !isLower(text)) {
            return null;
        }
        List<String> values = headers.getAll(text);
        return values.isEmpty() ? null : values;
    }

    @Override
    public boolean containsKey(Object name) {
        return name instanceof String text && isLower(text) && headers.contains(text);
    }

    @Override
    public Set<Entry<String, List<String>>> entrySet() {
        Map<String, List<String>> copy = all;
        if (copy == null) {
            copy = new LinkedHashMap<>();
            for (Entry<String, String> header : headers) {
                copy.computeIfAbsent(
                                header.getKey().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(header.getValue());
            }
            all = copy;
        }
        return Map.copyOf(copy).entrySet();
    }

    private static boolean isLower(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return false;
            }
        }
        return true;
    }
}
