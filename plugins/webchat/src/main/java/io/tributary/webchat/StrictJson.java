package io.tributary.webchat;

import io.tributary.spi.Malformed;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads JSON that anybody may have written: little of it, not deep, each member once.
final class StrictJson {

    /// In characters; a frame of the widget is never longer.
    static final int LONGEST = 48 * 1024;

    private static final int DEEPEST = 6;
    private static final int LONGEST_NUMBER = 20;
    private static final int LONGEST_NAME = 200;

    static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .maxNumberLength(LONGEST_NUMBER)
                                                    .maxNameLength(LONGEST_NAME)
                                                    .maxStringLength(LONGEST)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private StrictJson() {}

    /// @throws Malformed it is no JSON object, or too large a one
    static Members object(String text) {
        if (text.length() > LONGEST) {
            throw new Malformed("a frame of " + text.length() + " characters");
        }
        JsonNode read;
        try {
            read = MAPPER.readTree(text);
        } catch (JacksonException broken) {
            // its message may quote what a visitor said
            throw new Malformed("a frame that is no JSON");
        }
        if (read instanceof ObjectNode object) {
            return new Members(object);
        }
        throw new Malformed("a frame that is no JSON object");
    }
}
