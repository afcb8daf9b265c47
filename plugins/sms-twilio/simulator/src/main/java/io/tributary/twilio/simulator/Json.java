package io.tributary.twilio.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes JSON from maps, lists, texts, numbers, flags and null. The simulator never reads any.
public final class Json {

    private Json() {}

    /// Names and values in turn.
    public static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return object;
    }

    /// As text.
    public static String write(@Nullable Object value) {
        var json = new StringBuilder();
        append(json, value);
        return json.toString();
    }

    private static void append(StringBuilder json, @Nullable Object value) {
        switch (value) {
            case null -> json.append("null");
            case Map<?, ?> object -> appendObject(json, object);
            case List<?> list -> appendList(json, list);
            case Number number -> json.append(number);
            case Boolean flag -> json.append(flag);
            default -> appendText(json, value.toString());
        }
    }

    private static void appendObject(StringBuilder json, Map<?, ?> object) {
        var separator = "{";
        for (var member : object.entrySet()) {
            json.append(separator);
            appendText(json, String.valueOf(member.getKey()));
            json.append(':');
            append(json, member.getValue());
            separator = ",";
        }
        json.append(object.isEmpty() ? "{}" : "}");
    }

    private static void appendList(StringBuilder json, List<?> list) {
        var separator = "[";
        for (var item : list) {
            json.append(separator);
            append(json, item);
            separator = ",";
        }
        json.append(list.isEmpty() ? "[]" : "]");
    }

    private static void appendText(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '"' || letter == '\\') {
                json.append('\\').append(letter);
            } else if (letter < ' ' || Character.isSurrogate(letter) || letter > 0x2000) {
                // Escaped even where it need not be: a lone surrogate has no UTF-8 form.
                json.append("\\u").append(Integer.toHexString(0x10000 | letter).substring(1));
            } else {
                json.append(letter);
            }
        }
        json.append('"');
    }
}
