package io.tributary.social.meta;

import io.tributary.spi.Http;
import io.tributary.spi.Secret;
import java.net.URI;

/// Meta's Graph API (https://developers.facebook.com/docs/graph-api/overview), with the token of
/// the line that it is called for.
final class GraphApi {

    private final Http http;

    GraphApi(Http http) {
        this.http = http;
    }

    /// Sends a message, or whatever else goes to the same place.
    Http.Answer message(MetaLine line, Members body) throws Http.Failure, InterruptedException {
        var uri = URI.create(line.node() + "/messages");
        return http.send(
                authorized(Http.Call.post(uri, "application/json", body.bytes()), line.token()));
    }

    Http.Answer get(URI node, Secret token) throws Http.Failure, InterruptedException {
        return http.send(authorized(Http.Call.get(node), token));
    }

    private static Http.Call authorized(Http.Call call, Secret token) {
        return call.header("authorization", bearer(token)).header("accept", "application/json");
    }

    /// The value of `Authorization`.
    static String bearer(Secret token) {
        return "Bearer " + token.reveal();
    }
}
