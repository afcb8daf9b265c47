package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class LoadTest {

    private static final byte[] GET =
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final long SLOW_MILLIS = 400;

    private final AtomicInteger taken = new AtomicInteger();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    private HttpServer server;
    private URI url;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void close() {
        server.stop(0);
        later.shutdownNow();
    }

    private void answering(int status, int length) {
        server.createContext(
                "/",
                exchange -> {
                    taken.incrementAndGet();
                    answer(exchange, status, length);
                });
        server.start();
    }

    private static void answer(HttpExchange exchange, int status, int length) throws IOException {
        exchange.sendResponseHeaders(status, length);
        try (var body = exchange.getResponseBody()) {
            body.write(new byte[length]);
        }
    }

    @Test
    @DisplayName("so many requests are sent as were asked for, and each answer is counted")
    void exactly() throws IOException {
        answering(200, 100);

        Load.Result result = new Load(url, 4, () -> GET).closed(250);

        assertThat(result.answered()).isEqualTo(250);
        assertThat(result.latency().getTotalCount()).isEqualTo(250);
        assertThat(taken).hasValue(250);
    }

    @Test
    @DisplayName("connections go to several servers in turn")
    void inTurn() throws IOException {
        answering(200, 10);
        HttpServer other =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            var there = new AtomicInteger();
            other.createContext(
                    "/",
                    exchange -> {
                        there.incrementAndGet();
                        answer(exchange, 200, 10);
                    });
            other.start();
            var both = List.of(url, URI.create("http://127.0.0.1:" + other.getAddress().getPort()));

            // as many as there are connections, each of which asks once
            new Load(both, 4, () -> GET, Load.Watcher.NOBODY).closed(4);

            assertThat(taken).hasValue(2);
            assertThat(there).hasValue(2);
        } finally {
            other.stop(0);
        }
    }

    @Test
    @DisplayName("answers larger than a read are understood")
    void large() throws IOException {
        answering(200, 300_000);

        assertThat(new Load(url, 2, () -> GET).closed(10).answered()).isEqualTo(10);
    }

    @Test
    @DisplayName("a refusal is no answer")
    void refused() throws IOException {
        answering(503, 10);

        Load.Result result = new Load(url, 2, () -> GET).closed(20);

        assertThat(result.answered()).isZero();
        assertThat(result.refused()).isEqualTo(20);
    }

    @Test
    @DisplayName("who waits for its turn behind a slow answer has waited since it was due")
    void dueTimes() throws IOException {
        server.createContext(
                "/",
                exchange -> {
                    if (taken.getAndIncrement() > 0) {
                        answer(exchange, 200, 10);
                        return;
                    }
                    later.schedule(
                            () -> {
                                answer(exchange, 200, 10);
                                return exchange;
                            },
                            SLOW_MILLIS,
                            TimeUnit.MILLISECONDS);
                });
        server.start();

        Load.Result result = new Load(url, 1, () -> GET).open(Duration.ofMillis(200), 100);

        assertThat(result.answered()).isEqualTo(20);
        // the last was due after 190 ms and could not be sent before the first was answered
        assertThat(result.latency().getMinValue())
                .isGreaterThanOrEqualTo((SLOW_MILLIS - 200) * 1000);
    }
}
