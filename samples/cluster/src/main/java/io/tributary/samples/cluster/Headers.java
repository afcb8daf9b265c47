package io.tributary.samples.cluster;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What of a request's and an answer's headers goes on.
final class Headers {

    /// They are about one connection only (RFC 9110, 7.6.1).
    private static final Set<String> HOP_BY_HOP =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    private Headers() {}

    static void pass(MultiMap from, MultiMap to) {
        Set<String> named = new HashSet<>();
        for (String each : from.getAll("Connection")) {
            for (String name : each.split(",", -1)) {
                named.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        for (Map.Entry<String, String> each : from) {
            String name = each.getKey().toLowerCase(Locale.ROOT);
            boolean ours = HOP_BY_HOP.contains(name) || named.contains(name);
            if (!ours && !name.equals("host") && !name.equals("expect")) {
                to.add(each.getKey(), each.getValue());
            }
        }
    }

    /// Says for whom the front asks, instead of whatever the client claimed.
    static void forwarded(HttpServerRequest request, MultiMap to) {
        to.set("X-Forwarded-For", request.remoteAddress().hostAddress());
    }
}
