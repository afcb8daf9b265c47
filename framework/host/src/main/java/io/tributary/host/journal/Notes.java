package io.tributary.host.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The notes of a raw event as one JSON object of strings.
final class Notes {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<LinkedHashMap<String, String>> STRINGS =
            new TypeReference<>() {};

    private Notes() {}

    static String write(Map<String, String> notes) {
        return notes.isEmpty() ? "" : JSON.writeValueAsString(notes);
    }

    static Map<String, String> read(String text) {
        return text.isEmpty() ? Map.of() : JSON.readValue(text, STRINGS);
    }
}
