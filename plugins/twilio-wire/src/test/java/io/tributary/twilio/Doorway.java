package io.tributary.twilio;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.model.Bytes;
import io.tributary.spi.WebhookRequest;
import io.tributary.testkit.HostedAccount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A webhook door over real HTTP, in front of an account.
public final class Doorway implements AutoCloseable {

    private static final String DOOR = "/door";

    private final HttpServer server;
    private final AtomicReference<@Nullable HostedAccount> account = new AtomicReference<>();

    /// Opens it, on a free port of the loopback.
    public Doorway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(DOOR, this::answer);
        server.start();
    }

    /// Where it is.
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + DOOR);
    }

    /// Whose it is from now on.
    public void leadsTo(HostedAccount open) {
        account.set(open);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var open = account.get();
            if (open == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            var received = open.webhook(request(exchange, body));
            var reply = received.reply();
            if (reply == null || reply.body().isEmpty()) {
                exchange.sendResponseHeaders(received.status(), -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            exchange.sendResponseHeaders(received.status(), reply.body().length());
            reply.body().writeTo(exchange.getResponseBody());
        }
    }

    private WebhookRequest request(HttpExchange exchange, byte[] body) {
        var target = exchange.getRequestURI();
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        var behind = target.getPath().substring(DOOR.length());
        return new WebhookRequest(
                exchange.getRequestMethod(),
                url().resolve(target.toString()),
                behind.startsWith("/") ? behind.substring(1) : behind,
                headers,
                Bytes.wrap(body),
                "127.0.0.1",
                Instant.now());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
