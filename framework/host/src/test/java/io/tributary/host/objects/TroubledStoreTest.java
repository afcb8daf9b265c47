package io.tributary.host.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a store in trouble")
final class TroubledStoreTest {

    /// What nobody needs to wait for in these tests.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Behaviour behaviour = (exchange, _) -> exchange.close();
    private HttpServer server;

    private interface Behaviour {
        void to(HttpExchange exchange, int request) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    bodies.add(new String(body, StandardCharsets.UTF_8));
                    behaviour.to(exchange, bodies.size());
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    private Bucket bucket(Duration patience) {
        return bucket(server.getAddress().getPort(), patience);
    }

    private static Bucket bucket(int port, Duration patience) {
        var address =
                new BucketAddress(
                        URI.create("http://127.0.0.1:" + port),
                        "us-east-1",
                        "b",
                        "p/",
                        BucketAddress.Style.PATH,
                        new BucketAddress.Credentials("id", "secret"));
        return new Bucket(address, InstantSource.system(), patience);
    }

    private static Bucket.Payload hi() {
        byte[] bytes = "hi".getBytes(StandardCharsets.UTF_8);
        return new Bucket.Payload("8f43", bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        byte[] body =
                ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code></Error>")
                        .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @ParameterizedTest
    @CsvSource({
        "503, SlowDown",
        "500, InternalError",
        "429, TooManyRequests",
        "400, RequestTimeout"
    })
    @DisplayName("is asked three times, each time with all of it")
    void again(int status, String code) throws Exception {
        behaviour =
                (exchange, request) -> {
                    if (request < 3) {
                        refuse(exchange, status, code);
                    } else {
                        exchange.sendResponseHeaders(200, -1);
                    }
                };
        try (var bucket = bucket(PATIENCE)) {
            bucket.put("key", hi());
        }

        assertThat(bodies).containsExactly("hi", "hi", "hi");
    }

    @ParameterizedTest
    @CsvSource({
        "400, AuthorizationHeaderMalformed",
        "301, PermanentRedirect",
        "403, AccessDenied",
        "403, RequestTimeTooSkewed",
        "404, NoSuchBucket",
        "507, XMinioStorageFull"
    })
    @DisplayName("that says something of itself and not of the object is one that is away")
    void away(int status, String code) {
        behaviour = (exchange, _) -> refuse(exchange, status, code);
        try (var bucket = bucket(PATIENCE)) {
            assertThatThrownBy(() -> bucket.put("key", hi()))
                    .isInstanceOf(BucketUnavailable.class)
                    .hasMessageContaining(status + " " + code)
                    .hasMessageNotContaining("secret");
            assertThatThrownBy(() -> bucket.get("key", new ByteArrayOutputStream(), 2))
                    .isInstanceOf(BucketUnavailable.class);
            assertThatThrownBy(() -> bucket.delete("key")).isInstanceOf(BucketUnavailable.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BadDigest", "XAmzContentSHA256Mismatch", "EntityTooLarge"})
    @DisplayName("that refuses the object itself is not asked again")
    void unfit(String code) {
        behaviour = (exchange, _) -> refuse(exchange, 400, code);
        try (var bucket = bucket(PATIENCE)) {
            assertThatThrownBy(() -> bucket.put("key", hi()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(code);
        }
        assertThat(bodies).hasSize(1);
    }

    @Test
    @DisplayName("lacks an object only where it is the store that says so")
    void lacks() throws Exception {
        behaviour =
                (exchange, request) ->
                        refuse(exchange, 404, request == 1 ? "NoSuchKey" : "NotFound");
        try (var bucket = bucket(PATIENCE)) {
            assertThat(bucket.get("key", new ByteArrayOutputStream(), 2)).isFalse();
            assertThatThrownBy(() -> bucket.get("key", new ByteArrayOutputStream(), 2))
                    .isInstanceOf(BucketUnavailable.class);
        }
    }

    @Test
    @DisplayName("that breaks off in the middle of an object is away, not damaged")
    void cut() {
        behaviour =
                (exchange, _) -> {
                    exchange.sendResponseHeaders(200, 1_000);
                    exchange.getResponseBody().write(1);
                    exchange.getResponseBody().flush();
                };
        try (var bucket = bucket(PATIENCE)) {
            assertThatThrownBy(() -> bucket.get("key", new ByteArrayOutputStream(), 1_000))
                    .isInstanceOf(BucketUnavailable.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403})
    @DisplayName("that stops in the middle of an answer is not waited for without end")
    void stalls(int status) {
        behaviour =
                (exchange, _) -> {
                    exchange.sendResponseHeaders(status, 1_000);
                    exchange.getResponseBody().write(1);
                    exchange.getResponseBody().flush();
                    await(over);
                };
        try (var bucket = bucket(Duration.ofMillis(300))) {
            assertThatThrownBy(() -> bucket.get("key", new ByteArrayOutputStream(), 1_000))
                    .isInstanceOf(BucketUnavailable.class);
            assertThatThrownBy(() -> bucket.list(null, 1_000))
                    .isInstanceOf(BucketUnavailable.class);
        }
    }

    @Test
    @DisplayName("that never answers is not waited for without end")
    void silent() {
        behaviour = (_, _) -> await(over);
        try (var bucket = bucket(Duration.ofMillis(300))) {
            assertThatThrownBy(() -> bucket.put("key", hi())).isInstanceOf(BucketUnavailable.class);
        }
    }

    /// What somebody learns who is stopped while they wait for the store.
    private BucketUnavailable stopped(Duration patience, Duration waited) throws Exception {
        behaviour = (_, _) -> await(over);
        try (var bucket = bucket(patience)) {
            var learnt = new CompletableFuture<BucketUnavailable>();
            Thread asking =
                    Thread.startVirtualThread(() ->
                            learnt.complete(
                                    catchThrowableOfType(
                                            BucketUnavailable.class,
                                            () -> bucket.holds("key", 2))));
            Awaitility.await().until(() -> !bodies.isEmpty());
            long begun = System.nanoTime();
            Awaitility.await().until(() -> System.nanoTime() - begun > waited.toNanos());
            asking.interrupt();
            return learnt.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisplayName("is not known by who is stopped at once, and hangs where they had waited a while")
    void stopped() throws Exception {
        BucketUnavailable atOnce = stopped(Duration.ofMinutes(30), Duration.ZERO);
        assertThat(atOnce.why()).isEqualTo(BucketUnavailable.Why.INTERRUPTED);
        bodies.clear();
        BucketUnavailable late = stopped(Duration.ofSeconds(10), Duration.ofMillis(1_100));
        assertThat(late.why()).isEqualTo(BucketUnavailable.Why.SILENT);
        assertThat(late).hasMessageContaining("had not answered");
    }

    @Test
    @DisplayName("that stops in the middle of an object is not away for who is stopped")
    void stoppedInTheMiddle() throws Exception {
        behaviour =
                (exchange, _) -> {
                    exchange.sendResponseHeaders(200, 1_000);
                    exchange.getResponseBody().write(1);
                    exchange.getResponseBody().flush();
                    await(over);
                };
        try (var bucket = bucket(PATIENCE)) {
            Thread reader = Thread.currentThread();
            var interrupting =
                    new OutputStream() {
                        @Override
                        public void write(int one) {
                            reader.interrupt();
                        }
                    };
            assertThat(
                            catchThrowableOfType(
                                            BucketUnavailable.class,
                                            () -> bucket.get("key", interrupting, 1_000))
                                    .why())
                    .isEqualTo(BucketUnavailable.Why.INTERRUPTED);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    @DisplayName("is away where nobody runs it")
    void nobody() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (var nobody = bucket(port, PATIENCE)) {
            assertThatThrownBy(() -> nobody.holds("key", 2))
                    .isInstanceOf(BucketUnavailable.class)
                    .hasMessageContaining("cannot be reached");
        }
    }

    @Test
    @DisplayName(
            "that lists nonsense is away; one that says nothing of an object's age lists it as new")
    void listing() {
        behaviour =
                (exchange, request) -> {
                    String page =
                            request == 1
                                    ? "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"
                                    : "<R><Contents><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
                                            + "<Key>p/old</Key></Contents>"
                                            + "<Contents><Key>p/new</Key></Contents></R>";
                    exchange.sendResponseHeaders(200, page.length());
                    exchange.getResponseBody().write(page.getBytes(StandardCharsets.UTF_8));
                };
        try (var bucket = bucket(PATIENCE)) {
            assertThatThrownBy(() -> bucket.list(null, 9)).isInstanceOf(BucketUnavailable.class);
            var now = InstantSource.system().instant();
            assertThat(bucket.list(null, 9).entries())
                    .hasSize(2)
                    .allSatisfy(each ->
                            assertThat(each.since().isBefore(now))
                                    .isEqualTo(each.key().equals("old")));
        }
    }

    @Test
    @DisplayName("is not asked any more by a bucket that is closed")
    void closed() {
        var bucket = bucket(PATIENCE);
        bucket.close();

        assertThatThrownBy(() -> bucket.holds("key", 2)).isInstanceOf(BucketUnavailable.class);
        assertThatCode(bucket::close).doesNotThrowAnyException();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
