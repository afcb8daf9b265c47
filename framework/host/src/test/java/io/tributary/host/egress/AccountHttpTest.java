package io.tributary.host.egress;

import static io.tributary.host.egress.WireServer.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Http;
import io.tributary.spi.Http.Call;
import io.tributary.spi.Http.Failure;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class AccountHttpTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final EgressRules LOOPBACK = EgressRules.of(List.of("127.0.0.0/8"));
    private static final EgressLimits SHORT =
            new EgressLimits(Duration.ofSeconds(10), Duration.ofSeconds(20), 10_000, 8192, 4);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Id: 7\r\n\r\nhi";

    /// What was told of requests.
    private static final Queue<Seen> SEEN = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void nothingSeen() {
        SEEN.clear();
    }

    @AfterAll
    static void closeVertx() {
        VERTX.close().await();
    }

    @Test
    void sendsWhatWasAskedForAndReadsTheWholeAnswer() throws Exception {
        try (var server = new WireServer(says(OK));
                var http = http(LOOPBACK, SHORT)) {
            var answer =
                    http.send(
                            Call.get(uri(server, "/a%20b?q=1"))
                                    .header("Authorization", "Basic x")
                                    .header("Accept-Encoding", "gzip"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().utf8()).isEqualTo("hi");
            assertThat(answer.header("x-id")).isEqualTo("7");
            assertThat(server.requests.getFirst())
                    .startsWith("GET /a%20b?q=1 HTTP/1.1\r\n")
                    .containsIgnoringCase("host: 127.0.0.1:" + server.port())
                    .containsIgnoringCase("authorization: Basic x")
                    .containsIgnoringCase("accept-encoding: identity")
                    .doesNotContain("gzip");
        }
    }

    @Test
    @DisplayName("tells of each request as it was and how it ended")
    void tells() throws Exception {
        String cut = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhi";
        String late = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n";
        try (var server = new WireServer(says(OK));
                var cutting = new WireServer((_, socket) -> broken(socket, cut));
                var closing = new WireServer((_, socket) -> broken(socket, ""));
                var slow = new WireServer(says(late));
                var http = http(LOOPBACK, SHORT);
                var hurried = http(LOOPBACK, SHORT.whole(Duration.ofMillis(300)));
                var strict = http(EgressRules.PUBLIC, SHORT)) {
            http.send(Call.post(uri(server, "/a?b"), "text/plain", Bytes.utf8("hello")));
            failure(http, Call.get(uri(cutting, "/")));
            failure(http, Call.get(uri(closing, "/")));
            failure(hurried, Call.get(uri(slow, "/")));
            failure(http, Call.get(URI.create("http://127.0.0.1:1/")));
            failure(strict, Call.get(uri(server, "/")));

            assertThat(SEEN.stream().map(Seen::ending))
                    .containsExactly(
                            Ending.ANSWERED,
                            Ending.CUT,
                            Ending.BROKEN,
                            Ending.TIMED_OUT,
                            Ending.UNREACHABLE,
                            Ending.REFUSED);
            Seen first = SEEN.remove();
            assertThat(first.plugin()).isEqualTo(new PluginVersion("pager", "1.0.0"));
            assertThat(first.body().utf8()).isEqualTo("hello");
            assertThat(Objects.requireNonNull(first.reply()).body().utf8()).isEqualTo("hi");
            assertThat(first.toString()).doesNotContain("hello", "/a");
            assertThat(first.lighter(3).body()).isEqualTo(Bytes.EMPTY);
            assertThat(first.lighter(3).bytes()).isEqualTo(5);
        }
    }

    @Test
    @DisplayName("tells of a download when it is closed, and of one that is interrupted")
    void tellsOfDownloads() throws Exception {
        var asked = new CountDownLatch(1);
        try (var server = new WireServer(says(OK));
                var silent = new WireServer((_, _) -> asked.countDown());
                var http = http(LOOPBACK, SHORT)) {
            try (var download =
                    http.download(uri(server, "/"), Map.of(), 99, Duration.ofSeconds(9))) {
                download.body().readAllBytes();
                assertThat(SEEN).isEmpty();
            }
            var waiting =
                    Thread.ofVirtual()
                            .start(() -> catching(() -> http.send(Call.get(uri(silent, "/")))));
            asked.await();
            waiting.interrupt();
            waiting.join();

            assertThat(SEEN.stream().map(Seen::ending))
                    .containsExactly(Ending.ANSWERED, Ending.INTERRUPTED);
            assertThat(Objects.requireNonNull(SEEN.remove().reply()).bytes()).isEqualTo(2);
        }
    }

    @Test
    void keepsConnectionsAndEndsThemWithTheAccount() throws Exception {
        try (var server = new WireServer(says(OK))) {
            var http = http(LOOPBACK, SHORT);
            http.send(Call.get(uri(server, "/1")));
            http.send(Call.get(uri(server, "/2")));
            assertThat(server.connections()).isEqualTo(1);

            http.close();

            assertThatThrownBy(() -> http.send(Call.get(uri(server, "/3"))))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(server.requests).hasSize(2);
        }
    }

    @Test
    void closingCutsWhatIsUnderWay() throws Exception {
        var asked = new CountDownLatch(1);
        try (var server = new WireServer((_, _) -> asked.countDown())) {
            var http = http(LOOPBACK, SHORT.whole(Duration.ofSeconds(60)));
            var failure = inBackground(() -> http.send(Call.get(uri(server, "/"))));
            asked.await();

            http.close();

            assertThat(failure.get(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Failure.class, broken -> assertThat(broken.written()).isTrue());
        }
    }

    @Test
    void theSocketGoesToTheAddressThatWasCheckedAndNamesTheHost() throws Exception {
        var asked = new AtomicInteger();
        Destination.Resolver rebinding =
                _ -> {
                    String address = asked.getAndIncrement() == 0 ? "127.0.0.1" : "10.9.9.9";
                    return new InetAddress[] {InetAddress.getByName(address)};
                };
        try (var server = new WireServer(says(OK));
                var http = http(LOOPBACK, SHORT, rebinding)) {
            var there = URI.create("http://api.example.com:" + server.port() + "/");

            assertThat(http.send(Call.get(there)).status()).isEqualTo(200);

            assertThat(asked).hasValue(1);
            assertThat(server.requests.getFirst())
                    .containsIgnoringCase("host: api.example.com:" + server.port());
            var refused = catchThrowableOfType(Failure.class, () -> http.send(Call.get(there)));
            assertThat(refused.written()).isFalse();
        }
    }

    @Test
    void theNextAddressIsTriedWhereOneTakesNoConnection() throws Exception {
        Destination.Resolver two =
                _ ->
                        new InetAddress[] {
                            InetAddress.getByName("127.0.0.9"), InetAddress.getByName("127.0.0.1")
                        };
        try (var server = new WireServer(says(OK));
                var http = http(LOOPBACK, SHORT, two)) {
            assertThat(
                            http.send(
                                            Call.get(
                                                    URI.create(
                                                            "http://x.example:"
                                                                    + server.port()
                                                                    + "/")))
                                    .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatTheRulesForbidWasSurelyNotWritten() throws Exception {
        try (var server = new WireServer(says(OK));
                var http = http(EgressRules.PUBLIC, SHORT)) {
            var failure = failure(http, Call.get(uri(server, "/")));

            assertThat(failure.written()).isFalse();
            assertThat(failure).hasMessageContaining("egress.allow");
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void aConnectionThatNobodyTakesWasSurelyNotWritten() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        try (var http = http(LOOPBACK, SHORT)) {
            assertThat(
                            failure(http, Call.get(URI.create("http://127.0.0.1:" + port + "/")))
                                    .written())
                    .isFalse();
        }
    }

    @Test
    void whatTheServerMayHaveSeenIsSaidToBeWritten() throws Exception {
        try (var silent = new WireServer((_, _) -> {});
                var cutting = new WireServer((_, socket) -> socket.close());
                var half = new WireServer(says("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi"));
                var garbage = new WireServer(says("not http at all\r\n\r\n"));
                var http = http(LOOPBACK, SHORT.whole(Duration.ofSeconds(2)))) {
            for (var server : List.of(silent, cutting, half, garbage)) {
                var body = Call.post(uri(server, "/"), "text/plain", Bytes.utf8("x"));
                assertThat(failure(http, body).written()).isTrue();
            }
        }
    }

    @Test
    void answersAreBounded() throws Exception {
        String endless = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        try (var large =
                        new WireServer((_, socket) -> {
                            var out = socket.getOutputStream();
                            out.write(endless.getBytes());
                            byte[] chunk = ("400\r\n" + "x".repeat(1024) + "\r\n").getBytes();
                            while (true) {
                                out.write(chunk);
                            }
                        });
                var headers =
                        new WireServer(
                                says(
                                        "HTTP/1.1 200 OK\r\nX: "
                                                + "y".repeat(9000)
                                                + "\r\nContent-Length: 0\r\n\r\n"));
                var packed =
                        new WireServer(
                                says(
                                        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nhi"));
                var http = http(LOOPBACK, SHORT)) {
            assertThat(failure(http, Call.get(uri(large, "/"))))
                    .hasMessageContaining("longer than 10000 bytes");
            assertThat(failure(http, Call.get(uri(headers, "/"))).written()).isTrue();
            assertThat(failure(http, Call.get(uri(packed, "/"))))
                    .hasMessageContaining("compressed");
        }
    }

    @Test
    void aDrippingAnswerIsGivenUpInTime() throws Exception {
        try (var server =
                        new WireServer((_, socket) -> {
                            var out = socket.getOutputStream();
                            out.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n".getBytes());
                            out.write('x');
                            out.flush();
                        });
                var http = http(LOOPBACK, SHORT.whole(Duration.ofMillis(300)))) {
            assertThat(failure(http, Call.get(uri(server, "/"))))
                    .hasMessageContaining("did not end in time");
        }
    }

    @Test
    void aRedirectIsAnAnswerLikeAnyOther() throws Exception {
        try (var server =
                        new WireServer(
                                says(
                                        "HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n"));
                var http = http(LOOPBACK, SHORT)) {
            assertThat(http.send(Call.get(uri(server, "/"))).status()).isEqualTo(302);
        }
    }

    @Test
    void anInterruptEndsTheWaiting() throws Exception {
        var asked = new CountDownLatch(1);
        try (var server = new WireServer((_, _) -> asked.countDown());
                var http = http(LOOPBACK, SHORT.whole(Duration.ofSeconds(60)))) {
            var thread = new AtomicReference<Thread>();
            var failure = new CompletableFuture<Throwable>();
            thread.set(
                    Thread.startVirtualThread(() ->
                            failure.complete(
                                    catching(() -> http.send(Call.get(uri(server, "/")))))));
            asked.await();

            thread.get().interrupt();

            assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void headersCannotSmuggleAnything() throws Exception {
        try (var server = new WireServer(says(OK));
                var http = http(LOOPBACK, SHORT)) {
            var plain = Call.get(uri(server, "/"));
            for (var call :
                    List.of(
                            plain.header("x", "a\r\nX-Evil: 1"),
                            plain.header("x y", "a"),
                            plain.header("host", "inside.example"),
                            Call.of("CONNECT", uri(server, "/")),
                            Call.of("G ET", uri(server, "/")))) {
                assertThat(failure(http, call).written()).isFalse();
            }
            http.send(plain.header("content-length", "999").header("transfer-encoding", "chunked"));
            assertThat(server.requests.getFirst()).doesNotContain("999").doesNotContain("chunked");
        }
    }

    @Test
    void noMoreThanTheLimitAreUnderWayAtOnce() throws Exception {
        var most = new AtomicInteger();
        var now = new AtomicInteger();
        var gate = new CountDownLatch(1);
        try (var server =
                        new WireServer((_, socket) -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            await(gate);
                            now.decrementAndGet();
                            says(OK).answer("", socket);
                        });
                var http = http(LOOPBACK, SHORT.whole(Duration.ofSeconds(20)))) {
            var calls = new ArrayList<CompletableFuture<Throwable>>();
            for (int i = 0; i < 12; i++) {
                calls.add(inBackground(() -> http.send(Call.get(uri(server, "/")))));
            }
            Awaitility.await().until(() -> now.get() == 4);
            gate.countDown();
            for (var call : calls) {
                assertThat(call.get(20, TimeUnit.SECONDS)).isInstanceOf(NoFailure.class);
            }
            assertThat(most).hasValueLessThanOrEqualTo(4);
        }
    }

    @Test
    void aDownloadFollowsRedirectsAndKeepsItsSecretsToTheFirstHost() throws Exception {
        try (var last = new WireServer(says(OK));
                var first =
                        new WireServer((head, socket) ->
                                says("HTTP/1.1 302 Found\r\nLocation: "
                                                + (head.startsWith("GET /same")
                                                        ? "http://127.0.0.2:" + last.port() + "/x"
                                                        : "/same")
                                                + "\r\nContent-Length: 0\r\n\r\n")
                                        .answer(head, socket));
                var elsewhere =
                        new WireServer(
                                new ServerSocket(
                                        last.port(), 50, InetAddress.getByName("127.0.0.2")),
                                says(OK));
                var http = http(LOOPBACK, SHORT);
                var download =
                        http.download(
                                uri(first, "/"),
                                Map.of("Authorization", "Basic secret"),
                                1000,
                                Duration.ofSeconds(5))) {
            assertThat(download.status()).isEqualTo(200);
            assertThat(download.body().readAllBytes()).asString().isEqualTo("hi");
            assertThat(first.requests).hasSize(2).allMatch(head -> head.contains("secret"));
            assertThat(elsewhere.requests.getFirst()).doesNotContain("secret");
        }
    }

    @Test
    void aRedirectInsideIsRefused() throws Exception {
        try (var server =
                        new WireServer(
                                says(
                                        "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"));
                var circle =
                        new WireServer(
                                says(
                                        "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"));
                var http = http(LOOPBACK, SHORT)) {
            for (var from : List.of(server, circle)) {
                assertThatThrownBy(() ->
                                http.download(
                                        uri(from, "/"), Map.of(), 1000, Duration.ofSeconds(5)))
                        .isInstanceOf(Failure.class)
                        .hasRootCauseInstanceOf(Refused.class);
            }
        }
    }

    @Test
    void aRedirectThatCannotBeReadLeavesNoConnectionOpen() throws Exception {
        String unreadable =
                "HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 9000\r\n\r\n";
        try (var server = new WireServer(says(unreadable));
                var http = http(LOOPBACK, SHORT)) {
            assertThatThrownBy(() ->
                            http.download(
                                    uri(server, "/"), Map.of(), 10_000, Duration.ofSeconds(5)))
                    .isInstanceOf(Failure.class)
                    .hasRootCauseInstanceOf(Refused.class);

            assertThat(server.connections()).isEqualTo(1);
            Awaitility.await().until(() -> server.open() == 0);
        }
    }

    private static void broken(Socket socket, String answer) throws IOException {
        says(answer).answer("", socket);
        socket.close();
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static AccountHttp http(EgressRules rules, EgressLimits limits) {
        return http(rules, limits, InetAddress::getAllByName);
    }

    private static AccountHttp http(
            EgressRules rules, EgressLimits limits, Destination.Resolver resolver) {
        return new Egress(
                        VERTX, rules, limits, null, new SimpleMeterRegistry(), SEEN::add, resolver)
                .open(AccountId.of("pager-us"), new PluginVersion("pager", "1.0.0"));
    }

    private static URI uri(WireServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static Failure failure(Http http, Call call) {
        return catchThrowableOfType(Failure.class, () -> http.send(call));
    }

    private interface Throwing {
        void run() throws Exception;
    }

    /// It went well.
    private static final class NoFailure extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static Throwable catching(Throwing work) {
        try {
            work.run();
            return new NoFailure();
        } catch (Exception failure) {
            return failure;
        }
    }

    private static CompletableFuture<Throwable> inBackground(Throwing work) {
        var result = new CompletableFuture<Throwable>();
        Thread.startVirtualThread(() -> result.complete(catching(work)));
        return result;
    }
}
