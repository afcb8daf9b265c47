package io.tributary.model;

import java.util.List;
import java.util.Map;

/// One piece of what an interaction carries.
///
/// @param number from 1; within one interaction a part keeps its number for good
/// @param content what it is
/// @param unknown members of the stored form that this build could not read in full, by name. They
///   are written back as they are, in place of what this build would write under the same name
public record Part(int number, Content content, Map<String, Json> unknown) {

    /// Refuses a number below 1.
    public Part {
        Check.that(number >= 1, "the number of a part starts at 1, it cannot be " + number);
        Check.given(content, "the content of a part");
        unknown = Check.map(unknown, "the unknown members of a part");
    }

    /// A part of which everything is known.
    public Part(int number, Content content) {
        this(number, content, Map.of());
    }

    /// The contents as parts, numbered from 1.
    public static List<Part> of(Content... contents) {
        var parts = new Part[contents.length];
        for (int i = 0; i < contents.length; i++) {
            parts[i] = new Part(i + 1, contents[i]);
        }
        return List.of(parts);
    }

    /// Number and type, never what was said.
    @Override
    public String toString() {
        return "Part[" + number + " " + content.type() + "]";
    }
}
