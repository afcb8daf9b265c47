package io.tributary.social.meta;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.model.Bytes;
import io.tributary.spi.WebhookRequest;
import io.tributary.testkit.HostedAccount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A webhook door over real HTTP, in front of an account.
final class Doorway implements AutoCloseable {

    private final HttpServer server;
    private final AtomicReference<@Nullable HostedAccount> account = new AtomicReference<>();

    Doorway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/door", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/door");
    }

    void leadsTo(HostedAccount open) {
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
            exchange.sendResponseHeaders(open.webhook(request(exchange, body)).status(), -1);
        }
    }

    private WebhookRequest request(HttpExchange exchange, byte[] body) {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new WebhookRequest(
                exchange.getRequestMethod(),
                url(),
                "",
                headers,
                Bytes.wrap(body),
                "127.0.0.1",
                Sample.NOW);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
