package io.tributary.json;

import io.tributary.model.Part;

/// Writes the members of a part: its number and its content's members side by side.
final class PartWriter {

    private PartWriter() {}

    static void members(JsonWriter out, Part part) {
        if (part.unknown().isEmpty()) {
            known(out, part);
        } else {
            Rendering.merged(out, known -> known(known, part), part.unknown());
        }
    }

    private static void known(JsonWriter out, Part part) {
        out.number("number", part.number());
        ContentWriter.members(out, part.content());
    }
}
