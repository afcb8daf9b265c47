package io.tributary.testkit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes what [PlainJson] reads, in lines that people can compare.
final class JsonText {

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    static String of(@Nullable Object value) {
        var writer = new JsonText();
        writer.write(value, 0);
        return writer.text.toString();
    }

    private void write(@Nullable Object value, int depth) {
        switch (value) {
            case null -> text.append("null");
            case Map<?, ?> fields -> object(fields, depth);
            case List<?> values -> array(values, depth);
            case String string -> string(string);
            case Number number -> text.append(number);
            case Boolean flag -> text.append(flag.booleanValue());
            default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
        }
    }

    private void object(Map<?, ?> fields, int depth) {
        text.append('{');
        var separator = "";
        for (var field : fields.entrySet()) {
            text.append(separator);
            line(depth + 1);
            string(String.valueOf(field.getKey()));
            text.append(": ");
            write(field.getValue(), depth + 1);
            separator = ",";
        }
        if (!fields.isEmpty()) {
            line(depth);
        }
        text.append('}');
    }

    private void array(List<?> values, int depth) {
        text.append('[');
        var separator = "";
        for (var value : values) {
            text.append(separator);
            line(depth + 1);
            write(value, depth + 1);
            separator = ",";
        }
        if (!values.isEmpty()) {
            line(depth);
        }
        text.append(']');
    }

    private void line(int depth) {
        text.append('\n').repeat("  ", depth);
    }

    private void string(String value) {
        text.append('"');
        for (int at = 0; at < value.length(); at++) {
            char next = value.charAt(at);
            switch (next) {
                case '"', '\\' -> text.append('\\').append(next);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (next < ' ' || next == 0x7F) {
                        text.append("\\u00").append(next < 0x10 ? "0" : "");
                        text.append(Integer.toHexString(next));
                    } else {
                        text.append(next);
                    }
                }
            }
        }
        text.append('"');
    }
}
