package io.tributary.social.meta;

import io.tributary.model.Bytes;
import io.tributary.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON object that is to be written, in order.
///
/// @param all texts, numbers, booleans, nested members, lists of them, and [Json] as it is
record Members(Map<String, Object> all) {

    static Members of(String name, Object value) {
        return new Members(Map.of(name, value));
    }

    /// The same with one more; null: none more.
    Members with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        var more = new LinkedHashMap<>(all);
        more.put(name, value);
        return new Members(more);
    }

    Bytes bytes() {
        return Bytes.utf8(write(this));
    }

    /// Any value of those kinds, and what [Node] holds.
    static String write(@Nullable Object value) {
        var text = new StringBuilder(256);
        write(value, text);
        return text.toString();
    }

    private static void write(@Nullable Object value, StringBuilder to) {
        switch (value) {
            case null -> to.append("null");
            case String text -> to.append(Json.string(text).text());
            case Json json -> to.append(json.text());
            case Node node -> write(node.value(), to);
            case Node.Digits digits -> to.append(digits.text());
            case Members members -> object(members.all(), to);
            case Map<?, ?> members -> object(members, to);
            case List<?> elements -> list(elements, to);
            default -> to.append(value);
        }
    }

    private static void object(Map<?, ?> members, StringBuilder to) {
        to.append('{');
        var gap = "";
        for (var member : members.entrySet()) {
            to.append(gap).append(Json.string((String) member.getKey()).text()).append(':');
            write(member.getValue(), to);
            gap = ",";
        }
        to.append('}');
    }

    private static void list(List<?> elements, StringBuilder to) {
        to.append('[');
        var gap = "";
        for (var element : elements) {
            to.append(gap);
            write(element, to);
            gap = ",";
        }
        to.append(']');
    }

    /// Names alone: the rest is what somebody said.
    @Override
    public String toString() {
        return "Members" + all.keySet();
    }
}
