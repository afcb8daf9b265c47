package io.tributary.host.http;

import io.tributary.model.Bytes;
import java.nio.file.Path;
import java.util.Map;

/// What an endpoint answers.
public sealed interface Answer {

    /// A body that is all there.
    ///
    /// @param type the media type; empty for no body
    record Whole(int status, String type, Bytes body, Map<String, String> headers)
            implements Answer {}

    /// The bytes of a file, streamed; a request for one range of them is honoured.
    ///
    /// @param type the media type
    record FromFile(String type, Path file, Map<String, String> headers) implements Answer {}

    /// @param body not to be changed any more
    static Answer json(int status, byte[] body) {
        return new Whole(status, "application/json", Bytes.wrap(body), Map.of());
    }

    static Answer nothing() {
        return new Whole(204, "", Bytes.EMPTY, Map.of());
    }
}
