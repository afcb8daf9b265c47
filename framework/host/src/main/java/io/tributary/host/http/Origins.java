package io.tributary.host.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which pages' scripts may use the APIs: those of the same origin, and those that the operator
/// named.
final class Origins {

    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
    private static final String HEADERS =
            "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, traceparent";
    private static final String SHOWN = "traceparent, Retry-After, Location, ETag";

    private final Set<String> others;
    private final @Nullable String own;

    Origins(Set<String> others, @Nullable URI publicUrl) {
        this.others = others;
        this.own =
                publicUrl == null
                        ? null
                        : publicUrl.getScheme() + "://" + publicUrl.getRawAuthority();
    }

    /// Lets a page of a named origin read the answer. By default there is none, and nothing is
    /// said.
    void admit(MultiMap request, HttpServerResponse response) {
        if (others.isEmpty()) {
            return;
        }
        response.putHeader("Vary", "Origin");
        String origin = request.get("Origin");
        if (origin != null && others.contains(origin)) {
            response.putHeader("Access-Control-Allow-Origin", origin);
            response.putHeader("Access-Control-Expose-Headers", SHOWN);
        }
    }

    /// Whether a browser asks beforehand, for a page of a named origin.
    boolean preflight(String method, MultiMap request) {
        String origin = request.get("Origin");
        return method.equals("OPTIONS")
                && origin != null
                && others.contains(origin)
                && request.contains("Access-Control-Request-Method");
    }

    void allow(HttpServerResponse response) {
        response.putHeader("Access-Control-Allow-Methods", METHODS);
        response.putHeader("Access-Control-Allow-Headers", HEADERS);
        response.putHeader("Access-Control-Max-Age", "600");
        response.setStatusCode(204).end();
    }

    /// Whether a WebSocket may be opened. Browsers always send an `Origin`; what comes without one
    /// is no browser, and has to show that by an `Authorization` header, which no page can set on a
    /// WebSocket.
    boolean admitsSocket(MultiMap request) {
        String origin = request.get("Origin");
        if (origin == null) {
            return request.contains("Authorization");
        }
        if (others.contains(origin) || origin.equals(own)) {
            return true;
        }
        String host = request.get("Host");
        return host != null
                && (origin.equals("http://" + host) || origin.equals("https://" + host));
    }
}
