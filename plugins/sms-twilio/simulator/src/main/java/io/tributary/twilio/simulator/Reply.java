package io.tributary.twilio.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One HTTP answer.
@SuppressWarnings("ArrayRecordComponent") // never compared, and the server takes an array
record Reply(int status, Map<String, String> headers, byte[] body) {

    private static final Duration BREATH = Duration.ofMillis(1);

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

    /// Sends byte by byte.
    ///
    /// @param before told before each of them
    void drip(HttpExchange exchange, Duration pause, Runnable before)
            throws IOException, InterruptedException {
        open(exchange, body.length);
        for (byte each : body) {
            before.run();
            exchange.getResponseBody().write(each);
            exchange.getResponseBody().flush();
            Thread.sleep(pause);
        }
        exchange.close();
    }

    /// Sends the body again and again, until nobody listens any more.
    ///
    /// @param before told before each time
    void repeat(HttpExchange exchange, Runnable before) throws IOException, InterruptedException {
        open(exchange, 0);
        while (true) {
            before.run();
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
            Thread.sleep(BREATH);
        }
    }

    private void open(HttpExchange exchange, long length) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, length);
    }
}
