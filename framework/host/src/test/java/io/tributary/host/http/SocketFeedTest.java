package io.tributary.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.host.access.Scope;
import io.tributary.model.Bytes;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A WebSocket")
final class SocketFeedTest {

    private final TestFeed feed = new TestFeed();
    private final TestDoor server =
            new TestDoor(settings ->
                    settings.limits(TestDoor.QUICK).origins(Set.of("https://desk.example.com")));

    @BeforeEach
    void serve() {
        server.door
                .feed("/v1/stream", Scope.INTERACTIONS_READ, feed)
                .feed(
                        "/v1/unlucky",
                        Scope.INTERACTIONS_READ,
                        (request, principal, cursor, sink) -> {
                            server.tokens.revoke(KnownTokens.READER);
                            return feed.open(request, principal, cursor, sink);
                        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// A client that keeps what it hears.
    private static final class Heard implements WebSocket.Listener {

        final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            closed.completeExceptionally(failure);
        }

        String next() throws InterruptedException {
            String message = messages.poll(10, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("nothing came");
            }
            return message;
        }
    }

    private WebSocket connect(Heard heard, String query, UnaryOperator<WebSocket.Builder> with) {
        return with.apply(server.client.newWebSocketBuilder())
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + server.port() + "/v1/stream" + query), heard)
                .join();
    }

    @Test
    @DisplayName("ends when its token is revoked while it opens")
    void revokedMeanwhile() throws Exception {
        var heard = new Heard();
        server.client
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + KnownTokens.READER)
                .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/v1/unlucky"), heard)
                .join();

        assertThat(heard.next()).contains("io.tributary.ended.v1", "the token was revoked");
        heard.closed.get(10, TimeUnit.SECONDS);
        await().until(() -> feed.opened.element().closed.getCount() == 0);
        await().until(() -> server.door.streams() == 0);
    }

    private WebSocket connect(Heard heard) {
        return connect(
                heard,
                "",
                builder -> builder.header("Authorization", "Bearer " + KnownTokens.READER));
    }

    @Test
    @DisplayName("brings an event per message, and heartbeats with the cursor")
    void events() throws Exception {
        var heard = new Heard();
        WebSocket socket =
                connect(
                        heard,
                        "?after=c0",
                        builder -> builder.header("Authorization", "Bearer " + KnownTokens.READER));
        TestFeed.Opened client = feed.client();
        client.event(1, "{\"a\":\"ä\"}");
        client.sink.event("c2", "t", Bytes.utf8("\"" + "x".repeat(200_000) + "\""));
        client.sink.heartbeat("c3");
        client.sink.flush();

        assertThat(heard.next()).isEqualTo("{\"a\":\"ä\"}");
        assertThat(heard.next()).hasSize(200_002);
        assertThat(heard.next())
                .isEqualTo("{\"type\":\"io.tributary.heartbeat.v1\",\"cursor\":\"c3\"}");
        assertThat(client.cursor).isEqualTo("c0");
        socket.abort();
        assertThat(client.closed.await(10, TimeUnit.SECONDS)).isTrue();
        await().until(() -> server.door.streams() == 0);
    }

    @Test
    @DisplayName("counts as a connection until it is closed, and not after that")
    void counted() {
        long before = connections();

        WebSocket first = connect(new Heard());
        WebSocket second = connect(new Heard());
        assertThat(connections()).isEqualTo(before + 2);

        first.abort();
        second.sendClose(WebSocket.NORMAL_CLOSURE, "");
        await().until(() -> connections() == before);
    }

    /// The one that asks is among them.
    private long connections() {
        String name = "tributary_http_connections ";
        return server.send(server.as(KnownTokens.OPERATOR, "/metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    @Test
    @DisplayName("of a browser carries its token as subprotocol")
    void subprotocol() throws Exception {
        var heard = new Heard();
        WebSocket socket =
                connect(
                        heard,
                        "",
                        builder ->
                                builder.subprotocols("bearer." + KnownTokens.READER)
                                        .header("Origin", "https://desk.example.com"));

        assertThat(socket.getSubprotocol()).isEqualTo("bearer." + KnownTokens.READER);
        assertThat(feed.client().principal.id()).isEqualTo("reader");
        socket.abort();
    }

    @Test
    @DisplayName("of the same origin is let in, one of another is not, nor one that hides it")
    void origins() {
        connect(
                        new Heard(),
                        "",
                        builder ->
                                builder.subprotocols("bearer." + KnownTokens.READER)
                                        .header("Origin", "http://127.0.0.1:" + server.port()))
                .abort();

        refused(
                403,
                builder ->
                        builder.subprotocols("bearer." + KnownTokens.READER)
                                .header("Origin", "https://evil.example.com"));
        refused(
                403,
                builder ->
                        builder.header("Authorization", "Bearer " + KnownTokens.READER)
                                .header("Origin", "null"));
        refused(403, builder -> builder.subprotocols("bearer." + KnownTokens.READER));
        refused(401, builder -> builder.header("Authorization", "Bearer wrong"));
        refused(
                401,
                builder ->
                        builder.subprotocols("chat").header("Origin", "https://desk.example.com"));
    }

    private void refused(int status, UnaryOperator<WebSocket.Builder> with) {
        assertThatThrownBy(() -> connect(new Heard(), "", with))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        failed -> assertThat(failed.getResponse().statusCode()).isEqualTo(status));
    }

    @Test
    @DisplayName("is refused before the handshake when its feed is")
    void badCursor() {
        assertThatThrownBy(() ->
                        connect(
                                new Heard(),
                                "?after=bad",
                                builder ->
                                        builder.header(
                                                "Authorization", "Bearer " + KnownTokens.READER)))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        failed -> assertThat(failed.getResponse().statusCode()).isEqualTo(400));
        assertThat(server.door.streams()).isZero();
    }

    @Test
    @DisplayName("that sends messages is closed with 1008")
    void saysNothing() throws Exception {
        var heard = new Heard();
        connect(heard).sendText("hello", true).get(10, TimeUnit.SECONDS);

        assertThat(heard.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1008);
    }

    @Test
    @DisplayName("that sends a huge frame is closed with 1009")
    void hugeFrame() throws Exception {
        try (var socket = server.socket()) {
            socket.getOutputStream()
                    .write(
                            ("GET /v1/stream HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
                                            + KnownTokens.READER
                                            + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            feed.client();
            // a masked text frame that announces 1 TB
            socket.getOutputStream()
                    .write(
                            new byte[] {
                                (byte) 0x81, (byte) 0xFF, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4
                            });
            byte[] all = socket.getInputStream().readAllBytes();

            var close = ByteBuffer.wrap(all);
            while (close.get() != (byte) 0x88) {
                assertThat(close.hasRemaining()).isTrue();
            }
            close.get();
            assertThat(close.getShort()).isEqualTo((short) 1009);
        }
    }

    @Test
    @DisplayName("that floods with pings is closed with 1008")
    void pings() throws Exception {
        var heard = new Heard();
        WebSocket socket = connect(heard);
        CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
        for (int i = 0; i < 100; i++) {
            sent =
                    sent.thenCompose(_ ->
                            socket.sendPing(
                                    ByteBuffer.wrap("p".getBytes(StandardCharsets.US_ASCII))));
        }

        assertThat(heard.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1008);
    }

    @Test
    @DisplayName("ends with the reason as last message")
    void ends() throws Exception {
        var heard = new Heard();
        connect(heard);
        feed.client()
                .sink
                .end(new Problem(ProblemType.CURSOR_EXPIRED, "too old").with("oldest", "c9"));

        assertThat(heard.next())
                .startsWith(
                        "{\"type\":\"io.tributary.ended.v1\",\"problem\":{\"type\":\"/problems/cursor-expired\"")
                .contains("\"oldest\":\"c9\"");
        assertThat(heard.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1008);
    }

    @Test
    @DisplayName("is closed with 1012 when the server stops")
    void stops() throws Exception {
        var heard = new Heard();
        connect(heard);
        feed.client();
        Thread.ofVirtual().start(server.door::close);

        assertThat(heard.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1012);
    }

    @Test
    @DisplayName("outlives the time that requests have")
    void outlives() throws Exception {
        var heard = new Heard();
        connect(heard);
        TestFeed.Opened client = feed.client();
        long began = System.nanoTime();
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        System.nanoTime() - began
                                > TestDoor.QUICK.headerTime().toNanos() * 2
                                        + TestDoor.QUICK.bodyTime().toNanos());
        client.event(1, "{}");

        assertThat(heard.next()).isEqualTo("{}");
    }
}
