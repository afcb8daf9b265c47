package io.tributary.twilio.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// The company's server at the other end of the webhooks: writes down what comes and answers as it
/// was told.
final class Company implements AutoCloseable {

    record Received(String method, String target, String signature, String token, Form form) {}

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private volatile String type = "text/xml";

    Company() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /// The next answers; 0: none, the connection is closed. Afterwards 200.
    Company answers(Integer... statuses) {
        answers.addAll(List.of(statuses));
        return this;
    }

    Company typed(String other) {
        type = other;
        return this;
    }

    List<Received> received() {
        return received;
    }

    List<String> statuses() {
        return received.stream().map(call -> call.form().first("MessageStatus")).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(
                    new Received(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString(),
                            String.valueOf(headers.getFirst("X-Twilio-Signature")),
                            String.valueOf(headers.getFirst("I-Twilio-Idempotency-Token")),
                            Form.decode(body)));
            var status = answers.poll();
            if (status == null) {
                Reply.text(200, type, "<Response></Response>").send(exchange);
            } else if (status != 0) {
                Reply.empty(status).send(exchange);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
