package io.tributary.social.telegram;

import io.tributary.model.Bytes;
import io.tributary.spi.Http;
import io.tributary.spi.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// The Bot API (https://core.telegram.org/bots/api#making-requests). The token stands in every
/// address, so no address may be shown, not even in an exception.
final class BotApi {

    private static final String JSON = "application/json";

    private final Http http;
    private final String base;
    private final Secret token;

    BotApi(Http http, URI base, Secret token) {
        this.http = http;
        this.base = withoutLastSlash(base.toString());
        this.token = token;
    }

    private static String withoutLastSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /// Calls a method without parameters.
    BotAnswer call(String method) throws Http.Failure, InterruptedException {
        return call(method, StrictJson.object());
    }

    BotAnswer call(String method, ObjectNode parameters) throws Http.Failure, InterruptedException {
        return post(method, JSON, StrictJson.bytes(parameters));
    }

    /// Calls a method with a file beside its parameters.
    BotAnswer upload(String method, FormData form) throws Http.Failure, InterruptedException {
        return post(method, form.type(), form.bytes());
    }

    private BotAnswer post(String method, String type, Bytes body)
            throws Http.Failure, InterruptedException {
        var address = URI.create(base + "/bot" + token.reveal() + '/' + method);
        var call = Http.Call.post(address, type, body).header("accept", JSON);
        return BotAnswer.of(http.send(call), token);
    }

    /// Where a file lies, by the path that `getFile` told.
    URI file(String path) {
        var escaped =
                Arrays.stream(path.split("/", -1))
                        .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .map(name -> name.replace("+", "%20"))
                        .collect(Collectors.joining("/"));
        return URI.create(base + "/file/bot" + token.reveal() + '/' + escaped);
    }
}
