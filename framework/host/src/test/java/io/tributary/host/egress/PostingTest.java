package io.tributary.host.egress;

import static io.tributary.host.egress.WireServer.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.model.Bytes;
import io.tributary.spi.Http.Failure;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("what the host itself posts")
@Timeout(60)
final class PostingTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final EgressRules LOOPBACK = EgressRules.of(List.of("127.0.0.0/8"));
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final String PROMISED = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    @AfterAll
    static void closeVertx() {
        VERTX.close().await();
    }

    private static Posting posting(
            EgressRules rules, Duration whole, Destination.Resolver resolver) {
        return new Egress(
                        VERTX,
                        rules,
                        EgressLimits.USUAL,
                        null,
                        new SimpleMeterRegistry(),
                        _ -> {},
                        resolver)
                .posting(whole);
    }

    private static Posting posting(Duration whole) {
        return posting(LOOPBACK, whole, InetAddress::getAllByName);
    }

    private static Posting.Answer post(Posting posting, WireServer server) throws Exception {
        return posting.post(
                URI.create("http://127.0.0.1:" + server.port() + "/hook"),
                Map.of("webhook-id", "7"),
                Bytes.utf8("{}"));
    }

    @Test
    @DisplayName("comes with its headers, and the connection is used again")
    void posted() throws Exception {
        try (var server = new WireServer(PostingTest::takesBody);
                var posting = posting(LONG)) {
            assertThat(post(posting, server).status()).isEqualTo(200);
            assertThat(post(posting, server).status()).isEqualTo(200);

            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.requests.getFirst())
                    .startsWith("POST /hook HTTP/1.1\r\n")
                    .containsIgnoringCase("webhook-id: 7")
                    .containsIgnoringCase("content-length: 2");
        }
    }

    /// The server reads heads only.
    private static void takesBody(String head, Socket socket) throws IOException {
        assertThat(socket.getInputStream().readNBytes(2)).hasSize(2);
        says(OK).answer(head, socket);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    @DisplayName("goes no further where it is redirected")
    void redirected(int status) throws Exception {
        try (var elsewhere = new WireServer(says(OK));
                var server =
                        new WireServer(
                                says(
                                        "HTTP/1.1 "
                                                + status
                                                + " Go\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:"
                                                + elsewhere.port()
                                                + "/\r\n\r\n"));
                var posting = posting(LONG)) {
            assertThat(post(posting, server).status()).isEqualTo(status);
            assertThat(elsewhere.requests).isEmpty();
        }
    }

    @Test
    @DisplayName("is given up when no answer comes in time")
    void silent() throws Exception {
        try (var server = new WireServer((_, _) -> {});
                var posting = posting(SHORT)) {
            assertThatThrownBy(() -> post(posting, server))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.written()).isTrue())
                    .hasMessageContaining("did not answer in time");
        }
    }

    @Test
    @DisplayName("is given up when the answer's head drips")
    void drips() throws Exception {
        var over = new CountDownLatch(1);
        try (var server =
                        new WireServer((_, socket) -> {
                            for (int i = 0; over.getCount() > 0; i++) {
                                drip(socket, i == 0 ? "HTTP/1.1 200 OK\r\n" : "X: y\r\n");
                            }
                        });
                var posting = posting(SHORT)) {
            assertThatThrownBy(() -> post(posting, server)).isInstanceOf(Failure.class);
        } finally {
            over.countDown();
        }
    }

    private static void drip(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }

    @Test
    @DisplayName("waits for no body that is huge, or never ends: the head has said it")
    void huge() throws Exception {
        try (var server =
                        new WireServer((_, socket) -> {
                            says("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
                                    .answer("", socket);
                            byte[] much = new byte[64 << 10];
                            while (true) {
                                socket.getOutputStream().write(much);
                            }
                        });
                var posting = posting(LONG)) {
            assertThat(post(posting, server).status()).isEqualTo(200);
        }
        try (var server =
                        new WireServer(
                                says(
                                        "HTTP/1.1 202 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n"));
                var posting = posting(LONG)) {
            assertThat(post(posting, server).status()).isEqualTo(202);
        }
    }

    @Test
    @DisplayName("waits a second at the most for a short body that does not come")
    void promised() throws Exception {
        try (var server = new WireServer(says(PROMISED));
                var posting = posting(LONG)) {
            long begun = System.nanoTime();

            assertThat(post(posting, server).status()).isEqualTo(200);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONG.dividedBy(3));
        }
    }

    @Test
    @DisplayName("counts as answered although who posts is interrupted while the body is awaited")
    void interrupted() throws Exception {
        Thread posts = Thread.currentThread();
        try (var server = new WireServer(says(PROMISED));
                var posting = posting(LONG)) {
            Thread.startVirtualThread(() -> {
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(1))
                        .until(() ->
                                Arrays.stream(posts.getStackTrace())
                                        .anyMatch(at -> at.getMethodName().equals("drain")));
                posts.interrupt();
            });

            assertThat(post(posting, server).status()).isEqualTo(200);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    @DisplayName("counts as answered although the body that was promised is cut off")
    void cut() throws Exception {
        try (var server =
                        new WireServer((_, socket) -> {
                            says("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
                                    .answer("", socket);
                            socket.close();
                        });
                var posting = posting(LONG)) {
            assertThat(post(posting, server).status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName(
            "goes to the address that was checked, also when the name leads inside a moment later")
    void rebinding() throws Exception {
        var asked = new AtomicInteger();
        Destination.Resolver rebinding =
                _ -> {
                    String address = asked.getAndIncrement() == 0 ? "127.0.0.1" : "10.9.9.9";
                    return new InetAddress[] {InetAddress.getByName(address)};
                };
        try (var server = new WireServer(says(OK));
                var posting = posting(LOOPBACK, LONG, rebinding)) {
            var there = URI.create("http://app.example.com:" + server.port() + "/");

            assertThat(posting.post(there, Map.of(), Bytes.EMPTY).status()).isEqualTo(200);

            assertThat(asked).hasValue(1);
            assertThatThrownBy(() -> posting.post(there, Map.of(), Bytes.EMPTY))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.written()).isFalse());
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    @DisplayName("goes in the clear only to what an operator named")
    void inTheClear() throws Exception {
        Destination.Resolver outside =
                _ -> new InetAddress[] {InetAddress.getByName("93.184.215.14")};
        try (var posting = posting(EgressRules.PUBLIC, LONG, outside)) {
            posting.check(URI.create("https://app.example.com/hook"));
            assertThatThrownBy(() -> posting.check(URI.create("http://app.example.com/hook")))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("egress.allow");
        }
        try (var posting = posting(EgressRules.of(List.of("app.example.com")), LONG, outside)) {
            posting.check(URI.create("http://app.example.com/hook"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://10.0.0.1/",
                "https://[::1]/",
                "https://169.254.169.254/latest/meta-data/",
                "https://localhost/",
                "file:///etc/passwd",
                "https://user:secret@example.com/",
                "https://2130706433/"
            })
    @DisplayName("never goes inside")
    void inside(String url) {
        Destination.Resolver loopback =
                host ->
                        new InetAddress[] {
                            InetAddress.getByName(
                                    Hosts.isIpv4(host) || host.indexOf(':') >= 0 ? host : "::1")
                        };
        try (var posting = posting(EgressRules.PUBLIC, LONG, loopback)) {
            assertThatThrownBy(() -> posting.check(URI.create(url))).isInstanceOf(Refused.class);
            assertThatThrownBy(() -> posting.post(URI.create(url), Map.of(), Bytes.EMPTY))
                    .isInstanceOf(Failure.class);
        }
    }
}
