package io.tributary.twilio;

import io.tributary.model.Json;
import io.tributary.spi.Fields;
import java.util.HashSet;
import java.util.function.Predicate;

/// Writes the fields of a form as a JSON object.
public final class FieldsJson {

    private FieldsJson() {}

    /// All of them, of a repeated one the first; the raw event has them all.
    public static Json all(Fields fields) {
        return some(fields, _ -> true);
    }

    /// Those that are wanted, of a repeated one the first.
    public static Json some(Fields fields, Predicate<Fields.Field> wanted) {
        var names = new HashSet<String>();
        var json = new StringBuilder(256);
        for (var field : fields.all()) {
            if (wanted.test(field) && names.add(field.name())) {
                json.append(json.isEmpty() ? '{' : ',');
                appendText(json, field.name());
                json.append(':');
                appendText(json, field.value());
            }
        }
        return json.isEmpty() ? Json.OBJECT : Json.of(json.append('}').toString());
    }

    /// Nearly every field is plain; the others take the long way.
    private static void appendText(StringBuilder json, String text) {
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next < ' ' || next > '~' || next == '"' || next == '\\') {
                json.append(Json.string(text).text());
                return;
            }
        }
        json.append('"').append(text).append('"');
    }
}
