package io.tributary.json;

import io.tributary.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.StreamConstraintsException;

/// Makes bytes and texts of what is written.
final class Rendering {

    private static final int USUAL_SIZE = 1024;

    private Rendering() {}

    /// One object in UTF-8.
    ///
    /// @throws InvalidJson it is nested too deep, or a JSON text in it is none
    static byte[] bytes(Consumer<JsonWriter> members) {
        var bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (var generator = Dialect.STORED.createGenerator(ObjectWriteContext.empty(), bytes)) {
            var out = new JsonWriter(generator);
            out.begin();
            members.accept(out);
            out.end();
        } catch (StreamConstraintsException _) {
            throw InvalidJson.of("", "nested too deep to be stored");
        }
        return bytes.toByteArray();
    }

    /// A tree as text.
    static Json text(Tree tree) {
        var text = new StringWriter();
        try (var generator = Dialect.STORED.createGenerator(ObjectWriteContext.empty(), text)) {
            new JsonWriter(generator).value(tree);
        } catch (JacksonException _) {
            throw InvalidJson.of("", "nested too deep to be kept");
        }
        return new Json(text.toString());
    }

    /// Writes known members and unknown ones, the unknown in place of the known of the same name.
    /// This takes the long way, as it is rare.
    static void merged(JsonWriter out, Consumer<JsonWriter> known, Map<String, Json> unknown) {
        if (!(TreeReader.stored(bytes(known)) instanceof Tree.Members(var written))) {
            throw new AssertionError("members are written as an object");
        }
        var all = new LinkedHashMap<>(written);
        unknown.forEach((name, json) -> all.put(name, TreeReader.stored(json.text())));
        Characters.names(all).forEach(out::tree);
    }
}
