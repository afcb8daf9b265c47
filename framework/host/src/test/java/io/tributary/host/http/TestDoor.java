package io.tributary.host.http;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// A server on free ports, and clients for it.
final class TestDoor implements AutoCloseable {

    static final HttpLimits QUICK =
            HttpLimits.DEFAULT.times(
                    Duration.ofMillis(900),
                    Duration.ofSeconds(3),
                    Duration.ofMillis(900),
                    Duration.ofSeconds(5));

    final KnownTokens tokens = new KnownTokens();
    final HttpDoor door;
    final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    volatile List<Readiness.Check> checks = List.of(new Readiness.Check("journal", true, ""));

    private final Vertx vertx = Vertx.vertx();
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private HttpDoor.Addresses addresses =
            new HttpDoor.Addresses(URI.create("http://unset"), URI.create("http://unset"), null);

    TestDoor() {
        this(settings -> settings);
    }

    TestDoor(UnaryOperator<HttpSettings> change) {
        door =
                new HttpDoor(
                        vertx,
                        change.apply(HttpSettings.of("127.0.0.1", 0)),
                        tokens,
                        () -> checks,
                        registry,
                        registry::scrape,
                        InstantSource.system());
    }

    TestDoor start() {
        try {
            addresses = door.start();
        } catch (HttpUnavailable failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException failed) {
            throw new AssertionError(failed);
        }
        return this;
    }

    HttpDoor.Addresses addresses() {
        return addresses;
    }

    int port() {
        return addresses.apis().getPort();
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(addresses.apis() + path))
                .timeout(Duration.ofSeconds(20));
    }

    HttpRequest.Builder as(String token, String path) {
        return to(path).header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new AssertionError("no answer", failed);
        } catch (InterruptedException failed) {
            throw new AssertionError("no answer", failed);
        }
    }

    HttpResponse<String> get(String path) {
        return send(to(path));
    }

    /// Writes bytes as they are and reads until the server closes.
    String raw(String bytes) throws IOException {
        try (Socket socket = socket()) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Socket socket() throws IOException {
        var socket = new Socket("127.0.0.1", port());
        socket.setSoTimeout(15_000);
        return socket;
    }

    @Override
    public void close() {
        client.shutdownNow();
        door.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException
                | java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException failed) {
            throw new AssertionError("Vert.x does not close", failed);
        }
    }
}
