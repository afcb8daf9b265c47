package io.tributary.json;

import io.tributary.model.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes members of the kinds that interactions have. What is absent is left out: null, an empty
/// list or map, false.
final class JsonWriter {

    private final JsonGenerator out;

    JsonWriter(JsonGenerator out) {
        this.out = out;
    }

    void begin() {
        out.writeStartObject();
    }

    void end() {
        out.writeEndObject();
    }

    void text(String name, @Nullable String value) {
        if (value != null) {
            out.writeName(name);
            out.writeString(Characters.clean(value));
        }
    }

    /// A text of which it is known that it has no characters to be replaced or escaped.
    void plain(String name, @Nullable Object value) {
        if (value != null) {
            out.writeName(name);
            out.writeString(value.toString());
        }
    }

    <E extends Enum<E>> void constant(String name, EnumNames<E> names, E value) {
        out.writeName(name);
        out.writeString(names.of(value));
    }

    void instant(String name, @Nullable Instant value) {
        if (value != null) {
            plain(name, Instants.text(value));
        }
    }

    void number(String name, long value) {
        out.writeName(name);
        out.writeNumber(value);
    }

    void number(String name, double value) {
        out.writeName(name);
        out.writeNumber(value);
    }

    void number(String name, @Nullable BigDecimal value) {
        if (value != null) {
            out.writeName(name);
            out.writeNumber(value);
        }
    }

    void flag(String name, boolean value) {
        out.writeName(name);
        out.writeBoolean(value);
    }

    void mark(String name, boolean value) {
        if (value) {
            flag(name, true);
        }
    }

    /// A value that somebody else wrote: read and written anew, since text that is no JSON would
    /// break everything around it.
    ///
    /// @throws InvalidJson it is no JSON; the pointer says where
    void json(String name, Json value) {
        out.writeName(name);
        try {
            value(TreeReader.kept(value.text()));
        } catch (InvalidJson broken) {
            throw InvalidJson.of(
                    out.streamWriteContext().pathAsPointer().toString(),
                    broken.problems().getFirst().text());
        }
    }

    void jsons(String name, Map<String, Json> values) {
        if (!values.isEmpty()) {
            out.writeName(name);
            out.writeStartObject();
            Characters.names(values).forEach(this::json);
            out.writeEndObject();
        }
    }

    void texts(String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            out.writeName(name);
            out.writeStartObject();
            Characters.names(values).forEach(this::text);
            out.writeEndObject();
        }
    }

    <T> void object(String name, @Nullable T value, BiConsumer<JsonWriter, T> members) {
        if (value != null) {
            out.writeName(name);
            element(value, members);
        }
    }

    <T> void list(String name, List<T> values, BiConsumer<JsonWriter, T> members) {
        if (!values.isEmpty()) {
            out.writeName(name);
            out.writeStartArray();
            for (T value : values) {
                element(value, members);
            }
            out.writeEndArray();
        }
    }

    void tree(String name, Tree tree) {
        out.writeName(name);
        value(tree);
    }

    void value(Tree tree) {
        switch (tree) {
            case Tree.Members(var values) -> {
                out.writeStartObject();
                Characters.names(values).forEach(this::tree);
                out.writeEndObject();
            }
            case Tree.Elements(var values) -> {
                out.writeStartArray();
                values.forEach(this::value);
                out.writeEndArray();
            }
            case Tree.Text(var text) -> out.writeString(Characters.clean(text));
            case Tree.Digits(var digits) -> out.writeNumber(digits);
            case Tree.Flag(var flag) -> out.writeBoolean(flag);
            case Tree.Null() -> out.writeNull();
        }
    }

    private <T> void element(T value, BiConsumer<JsonWriter, T> members) {
        out.writeStartObject();
        members.accept(this, value);
        out.writeEndObject();
    }
}
