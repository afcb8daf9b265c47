package io.tributary.host.accounts;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes the JSON of settings: strict, since nobody should guess which of two equal keys
/// counts.
final class SettingsJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private SettingsJson() {}

    /// Reads one object.
    ///
    /// @throws IllegalArgumentException says where it is no JSON; never shows the text, in which
    ///   secrets may be
    static ObjectNode object(String text, String what) {
        JsonNode node;
        try {
            node = MAPPER.readTree(text);
        } catch (JacksonException broken) {
            var location = broken.getLocation();
            throw new IllegalArgumentException(
                    what
                            + " is not JSON"
                            + (location == null
                                    ? ""
                                    : " (line "
                                            + location.getLineNr()
                                            + ", column "
                                            + location.getColumnNr()
                                            + ")"));
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException(what + " must be an object: {…}");
    }

    static ObjectNode empty() {
        return MAPPER.createObjectNode();
    }

    static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }
}
