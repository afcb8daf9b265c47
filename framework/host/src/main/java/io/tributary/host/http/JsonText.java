package io.tributary.host.http;

import io.tributary.model.Bytes;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Writes the few JSON objects that the server makes itself.
final class JsonText {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private JsonText() {}

    static byte[] of(Map<String, Object> object) {
        return MAPPER.writeValueAsBytes(object);
    }

    static Bytes bytes(Map<String, Object> object) {
        return Bytes.wrap(of(object));
    }
}
