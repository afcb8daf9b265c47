package io.tributary.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Takes what a member sends through the provider's API, and remembers it in order.
///
/// Answers as the provider's page says: 201 with a new message id, and lists what it has when it is
/// asked. (twilio.com/docs/messaging/api/message-resource)
final class Handset implements AutoCloseable {

    private final HttpServer server;
    private final Origins origins = new Origins();
    private final List<Arrival> arrivals = new ArrayList<>();
    private long lastArrival = System.nanoTime();
    private long longestPause;
    private @Nullable CountDownLatch silence;

    private Handset(HttpServer server) {
        this.server = server;
    }

    static Handset open() throws IOException {
        return open(InetAddress.getLoopbackAddress());
    }

    static Handset open(InetAddress at) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(at, 0), 1024);
        var handset = new Handset(server);
        server.setExecutor(
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory()));
        server.createContext("/", handset::take);
        server.start();
        return handset;
    }

    URI url() {
        return URI.create(
                "http://"
                        + server.getAddress().getAddress().getHostAddress()
                        + ":"
                        + server.getAddress().getPort());
    }

    /// Everything, in the order of coming.
    synchronized List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /// Takes everything and answers nothing, until [#speak].
    synchronized void keepSilent() {
        silence = new CountDownLatch(1);
    }

    /// Answers, also what came meanwhile.
    synchronized void speak() {
        if (silence != null) {
            silence.countDown();
        }
        silence = null;
    }

    /// What came for each number, in order.
    Map<String, List<String>> received() {
        Map<String, List<String>> received = new HashMap<>();
        for (Arrival each : arrivals()) {
            received.computeIfAbsent(each.number(), _ -> new ArrayList<>()).add(each.text());
        }
        return received;
    }

    synchronized long count() {
        return arrivals.size();
    }

    /// Waits until so many more came.
    ///
    /// @return false: the time was over before
    synchronized boolean awaitMore(long messages, Duration most) throws InterruptedException {
        long goal = arrivals.size() + messages;
        long end = System.nanoTime() + most.toNanos();
        while (arrivals.size() < goal && System.nanoTime() < end) {
            wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
        return arrivals.size() >= goal;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean messages = exchange.getRequestURI().getPath().endsWith("/Messages.json");
            if (!messages) {
                answer(exchange, 200, "{\"status\":\"active\"}");
            } else if (exchange.getRequestMethod().equals("POST")) {
                Map<String, String> form = form(body);
                InetSocketAddress from = exchange.getRemoteAddress();
                var arrival =
                        new Arrival(
                                Instant.now(),
                                form.getOrDefault("To", ""),
                                form.getOrDefault("Body", ""),
                                from,
                                origins.process(from.getPort(), server.getAddress().getPort()));
                long number = note(arrival);
                hush();
                answer(
                        exchange,
                        201,
                        "{\"sid\":\"%s\",\"status\":\"queued\"}".formatted(sid(number)));
            } else {
                String query = exchange.getRequestURI().getRawQuery();
                answer(
                        exchange,
                        200,
                        "{\"messages\":[" + listed(form(query).getOrDefault("To", "")) + "]}");
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized long note(Arrival arrival) {
        arrivals.add(arrival);
        long now = System.nanoTime();
        longestPause = Math.max(longestPause, now - lastArrival);
        lastArrival = now;
        notifyAll();
        return arrivals.size();
    }

    /// The longest time in which nothing came since this was asked last.
    synchronized Duration longestPause() {
        long pause = longestPause;
        longestPause = 0;
        return Duration.ofNanos(pause);
    }

    private void hush() throws InterruptedException {
        CountDownLatch until;
        synchronized (this) {
            until = silence;
        }
        if (until != null) {
            until.await();
        }
    }

    private static String sid(long number) {
        return "SM%032x".formatted(number);
    }

    private synchronized String listed(String number) {
        var listed = new StringJoiner(",");
        for (int i = arrivals.size(); i > 0; i--) {
            Arrival each = arrivals.get(i - 1);
            if (each.number().equals(number)) {
                listed.add(
                        "{\"sid\":\"%s\",\"status\":\"sent\",\"direction\":\"outbound-api\",\"num_media\":\"0\",\"to\":\"%s\",\"body\":\"%s\",\"date_created\":\"%s\"}"
                                .formatted(
                                        sid(i),
                                        number,
                                        each.text(),
                                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                                each.at().atZone(ZoneOffset.UTC))));
            }
        }
        return listed.toString();
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
        speak();
        server.stop(0);
    }
}
