package io.tributary.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/// Takes what a member sends through the provider's API, and remembers it in order.
///
/// Answers as the provider's page says: 201 with a new message id.
/// (twilio.com/docs/messaging/api/message-resource)
final class Handset implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, List<String>> received = new HashMap<>();
    private long count;

    private Handset(HttpServer server) {
        this.server = server;
    }

    static Handset open() throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        var handset = new Handset(server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", handset::take);
        server.start();
        return handset;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// What came for each number, in order.
    synchronized Map<String, List<String>> received() {
        Map<String, List<String>> copy = new HashMap<>();
        received.forEach((number, texts) -> copy.put(number, List.copyOf(texts)));
        return copy;
    }

    synchronized long count() {
        return count;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!exchange.getRequestMethod().equals("POST")
                    || !exchange.getRequestURI().getPath().endsWith("/Messages.json")) {
                answer(exchange, 200, "{\"messages\":[],\"status\":\"active\"}");
                return;
            }
            Map<String, String> form = form(body);
            answer(
                    exchange,
                    201,
                    "{\"sid\":\"SM%032x\",\"status\":\"queued\"}"
                            .formatted(
                                    noted(
                                            form.getOrDefault("To", ""),
                                            form.getOrDefault("Body", ""))));
        }
    }

    private synchronized long noted(String number, String text) {
        received.computeIfAbsent(number, _ -> new ArrayList<>()).add(text);
        return ++count;
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
