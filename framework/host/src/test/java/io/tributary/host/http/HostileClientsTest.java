package io.tributary.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.access.Scope;
import io.tributary.spi.WebhookReply;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("A hostile client")
final class HostileClientsTest {

    private final AtomicInteger seen = new AtomicInteger();
    private final TestDoor server =
            new TestDoor(settings -> settings.limits(TestDoor.QUICK.atOnce(40, 1_000, 100, 10)));

    @BeforeEach
    void serve() {
        server.door
                .webhooks(
                        new TestWebhooks((_, _) -> {
                            seen.incrementAndGet();
                            return CompletableFuture.completedFuture(WebhookReply.EMPTY);
                        }))
                .add(
                        "POST",
                        "/v1/json",
                        Scope.INTERACTIONS_READ,
                        1 << 20,
                        HostileClientsTest::parse);
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Answer parse(Request request) {
        try {
            JsonMapper.shared().readTree(request.body().asStream());
            return Answer.nothing();
        } catch (JacksonException _) {
            throw new Problem(ProblemType.MALFORMED, "the body is not JSON, or too deep");
        }
    }

    @Test
    @DisplayName("that sends its headers slowly is closed, however often it sends a byte")
    void slowHeaders() throws Exception {
        try (Socket socket = server.socket()) {
            long began = System.nanoTime();
            int sent = trickle(socket, "GET / HTTP/1.1\r\nX-Long: " + "x".repeat(4_000));

            assertThat(sent).isLessThan(4_000);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(8));
        }
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    }

    /// Sends a byte each time nothing comes back for a moment.
    private static int trickle(Socket socket, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int sent = 0;
        try {
            socket.setSoTimeout(20);
            for (byte one : bytes) {
                socket.getOutputStream().write(one);
                sent++;
                if (closed(socket)) {
                    return sent;
                }
            }
        } catch (IOException _) {
            return sent;
        }
        return sent;
    }

    private static boolean closed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException _) {
            return false;
        }
    }

    @Test
    @DisplayName("that sends its body slowly is answered 408, and nobody sees the body")
    void slowBody() throws Exception {
        String answer =
                server.raw(
                        "POST /channels/p/webhook HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\nabc");

        assertThat(answer)
                .startsWith("HTTP/1.1 408")
                .contains("/problems/too-slow")
                .containsIgnoringCase("connection: close");
        assertThat(seen).hasValue(0);
    }

    @Test
    @DisplayName("that opens a connection and says nothing is closed")
    void silent() throws Exception {
        assertThat(server.raw("")).isEmpty();
    }

    @Test
    @DisplayName("with a long request line or huge headers gets a problem and is closed")
    void longHeads() throws Exception {
        assertThat(server.raw("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: h\r\n\r\n"))
                .contains(" 414 ")
                .contains("/problems/uri-too-long");
        assertThat(server.raw("GET / HTTP/1.1\r\nHost: h\r\nX: " + "a".repeat(40_000) + "\r\n\r\n"))
                .contains(" 431 ")
                .contains("/problems/headers-too-large");
        assertThat(server.raw("GET / HTTP/1.1\r\nHost: h\r\n" + "X: a\r\n".repeat(10_000) + "\r\n"))
                .contains(" 431 ");
    }

    @ParameterizedTest
    @DisplayName(
            "that smuggles a second request in the first is refused or understood one way only")
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nContent-Length: 5\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 0x4\r\n",
                "Content-Length: +4\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Content-Length : 4\r\n",
                "Bad\u0000Name: x\r\n",
                "X: a\u0000b\r\nContent-Length: x\r\n",
            })
    void smuggling(String headers) throws Exception {
        String hidden = "GET /channels/hidden/webhook HTTP/1.1\r\nHost: h\r\n\r\n";

        String answer =
                server.raw("POST /health/live HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n" + hidden);

        assertThat(answer.split("HTTP/1.1 2", -1)).hasSizeLessThanOrEqualTo(1);
        assertThat(answer).startsWith("HTTP/1.1 4");
        assertThat(seen).hasValue(0);
    }

    @ParameterizedTest
    @DisplayName("that speaks another protocol is refused")
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
                "HELO there\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: h\r\n\r\n",
                "\r\n\r\n\r\nGET\r\n\r\n"
            })
    void otherProtocols(String bytes) throws Exception {
        assertThat(server.raw(bytes)).matches("(?s)|HTTP/\\d.\\d [45].*");
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("with JSON 100,000 deep gets 400")
    void deepJson() {
        var deep =
                server.as(KnownTokens.READER, "/v1/json")
                        .header("Content-Type", "application/json")
                        .POST(
                                java.net.http.HttpRequest.BodyPublishers.ofString(
                                        "[".repeat(100_000)));

        HttpDoorTest.problem(server.send(deep), 400, "malformed");
    }

    @Test
    @DisplayName(
            "that opens more connections than allowed loses the ones too many, and others are served again when it goes")
    void connections() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                sockets.add(server.socket());
            }
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            sockets.stream().filter(HostileClientsTest::wasClosed).count() >= 20);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() ->
                        server.raw(
                                        "GET /health/live HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                                .startsWith("HTTP/1.1 200"));
    }

    private static boolean wasClosed(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return closed(socket);
        } catch (IOException _) {
            return true;
        }
    }

    @Test
    @DisplayName("that pipelines without reading the answers does not grow the server")
    void pipelinesWithoutReading() throws Exception {
        byte[] request =
                "GET /openapi.yaml HTTP/1.1\r\nHost: h\r\n\r\n"
                        .repeat(200)
                        .getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = server.socket()) {
            socket.setReceiveBufferSize(4_096);
            var writer =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    for (int i = 0; i < 5_000; i++) {
                                        socket.getOutputStream().write(request);
                                    }
                                } catch (IOException _) {
                                    // the server has had enough
                                }
                            });
            // other clients are served all the while, and the flood is held back by TCP or cut off
            for (int i = 0; i < 20; i++) {
                assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            }
            assertThat(writer.isAlive()).isTrue();
        }
    }
}
