package io.tributary.host.http;

import io.tributary.model.Bytes;
import java.nio.file.Path;
import java.util.Map;

/// What an endpoint answers.
public sealed interface Answer {

    /// @param type the media type; empty for no body
    record Whole(int status, String type, Bytes body, Map<String, String> headers)
            implements Answer {}

    /// The bytes of a file, streamed, with range requests.
    record FromFile(String type, Path file, Map<String, String> headers) implements Answer {}

    static Answer json(int status, byte[] body) {
        return new Whole(status, "application/json", Bytes.of(body), Map.of());
    }

    static Answer nothing() {
        return new Whole(204, "", Bytes.of(new byte[0]), Map.of());
    }
}
