package io.tributary.samples.desk;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Questions and answers of HTTP.
final class Answers {

    private Answers() {}

    static @Nullable String query(HttpExchange exchange, String name) {
        String query = exchange.getRequestURI().getQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return null;
    }

    static void problem(HttpExchange exchange, int status, String slug, String detail)
            throws IOException {
        ObjectNode problem =
                ScriptedLog.JSON
                        .createObjectNode()
                        .put("type", "/problems/" + slug)
                        .put("title", slug)
                        .put("status", status)
                        .put("detail", detail);
        send(exchange, status, "application/problem+json", problem.toString());
    }

    static void json(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        send(exchange, status, "application/json", body.toString());
    }

    static void send(HttpExchange exchange, int status, String type, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
