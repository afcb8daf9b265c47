package io.tributary.twilio.simulator;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Fields in order, repeated ones kept, and their `application/x-www-form-urlencoded` form.
public record Form(List<Field> fields) {

    /// One of them.
    public record Field(String name, String value) {}

    /// No field.
    public static final Form EMPTY = new Form(List.of());

    /// Keeps its own copy.
    public Form {
        fields = List.copyOf(fields);
    }

    /// Reads a form.
    ///
    /// @throws IllegalArgumentException a percent escape is broken
    public static Form decode(@Nullable String encoded) {
        var fields = new ArrayList<Field>();
        if (encoded != null) {
            for (var pair : encoded.split("&", -1)) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    fields.add(
                            equals < 0
                                    ? new Field(decoded(pair), "")
                                    : new Field(
                                            decoded(pair.substring(0, equals)),
                                            decoded(pair.substring(equals + 1))));
                }
            }
        }
        return new Form(fields);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /// As it is sent.
    public String encode() {
        return fields.stream()
                .map(field -> encoded(field.name()) + "=" + encoded(field.value()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// The same with one more.
    public Form with(String name, String value) {
        var more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new Form(more);
    }

    /// The first value, or an empty text.
    public String first(String name) {
        for (var field : fields) {
            if (field.name().equals(name)) {
                return field.value();
            }
        }
        return "";
    }

    /// All values of that name.
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }
}
