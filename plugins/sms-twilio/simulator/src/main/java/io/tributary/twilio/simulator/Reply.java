package io.tributary.twilio.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One HTTP answer.
@SuppressWarnings("ArrayRecordComponent") // never compared, and the server takes an array
record Reply(int status, Map<String, String> headers, byte[] body) {

    static Reply json(int status, @Nullable Object value) {
        return text(status, "application/json", Json.write(value));
    }

    static Reply text(int status, String type, String text) {
        return bytes(status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply bytes(int status, String type, byte[] bytes) {
        return new Reply(status, Map.of("Content-Type", type), bytes);
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }

    Reply header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }

    void send(HttpExchange exchange) throws IOException {
        boolean bodiless = "HEAD".equals(exchange.getRequestMethod()) || body.length == 0;
        open(exchange, bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /// Announces the whole body and sends half of it.
    void sendHalf(HttpExchange exchange) throws IOException {
        open(exchange, body.length);
        exchange.getResponseBody().write(body, 0, body.length / 2);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private void open(HttpExchange exchange, long length) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, length);
    }
}
