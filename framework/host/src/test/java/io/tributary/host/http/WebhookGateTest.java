package io.tributary.host.http;

import static io.tributary.host.http.HttpDoorTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.journal.JournalUnavailable;
import io.tributary.model.Bytes;
import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookRequest;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The way of webhooks")
final class WebhookGateTest {

    private final BlockingQueue<WebhookRequest> received = new LinkedBlockingQueue<>();
    private final java.util.Set<String> accounts = ConcurrentHashMap.newKeySet();
    private volatile Function<WebhookRequest, CompletableFuture<WebhookReply>> taker =
            _ -> CompletableFuture.supplyAsync(() -> WebhookReply.ok("text/xml", "<ok/>"));
    private final TestDoor server =
            new TestDoor(settings ->
                    settings.publicUrl(URI.create("https://hooks.example.com/"))
                            .proxies(TrustedProxies.of(List.of("127.0.0.1")))
                            .limits(
                                    HttpLimits.DEFAULT.atOnce(
                                            1_000, HttpLimits.DEFAULT.eventLoops(), 100, 10)));

    @BeforeEach
    void serve() {
        server.door.webhooks(
                new TestWebhooks((account, request) -> {
                    accounts.add(account);
                    received.add(request);
                    return taker.apply(request);
                }));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("hands over the request exactly as it came, under its public address")
    void asItCame() throws Exception {
        var answer =
                server.send(
                        server.to("/channels/pager-us/webhook/status?a=1&a=%20")
                                .header("X-Signature", "s1")
                                .header("X-Signature", "s2")
                                .header("X-Forwarded-For", "198.51.100.7")
                                .POST(BodyPublishers.ofString("a=1&b=")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("<ok/>");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/xml");
        WebhookRequest request = next();
        assertThat(accounts).containsExactly("pager-us");
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.url())
                .isEqualTo(
                        URI.create(
                                "https://hooks.example.com/channels/pager-us/webhook/status?a=1&a=%20"));
        assertThat(request.path()).isEqualTo("status");
        assertThat(request.headers("X-SIGNATURE")).containsExactly("s1", "s2");
        assertThat(request.headers().get("x-signature")).containsExactly("s1", "s2");
        assertThat(request.headers())
                .containsKey("host")
                .doesNotContainKey("Host")
                .doesNotContainKey("x-none");
        assertThat(request.headers().keySet())
                .contains("x-signature")
                .allMatch(name -> name.equals(name.toLowerCase(java.util.Locale.ROOT)));
        assertThat(request.header("x-none")).isNull();
        assertThat(request.body().utf8()).isEqualTo("a=1&b=");
        assertThat(request.remote()).isEqualTo("198.51.100.7");
    }

    @Test
    @DisplayName("takes any method, with and without body, and knows its own paths only")
    void paths() throws Exception {
        assertThat(server.get("/channels/p/webhook").statusCode()).isEqualTo(200);
        assertThat(next().path()).isEmpty();
        assertThat(server.get("/channels/p/webhook?x=/y").statusCode()).isEqualTo(200);
        assertThat(next().path()).isEmpty();
        assertThat(server.get("/channels/p/webhook/a%2Fb/c?d").statusCode()).isEqualTo(200);
        assertThat(next().path()).isEqualTo("a/b/c");
        problem(server.get("/channels/p/webhooks"), 404, "not-found");
        problem(server.get("/channels/p"), 404, "not-found");
        assertThat(
                        server.raw(
                                "GET /channels/p/webhook/%zz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    @DisplayName("refuses what is too large or compressed before anybody sees it")
    void refuses() {
        problem(
                server.send(
                        server.to("/channels/p/webhook")
                                .POST(BodyPublishers.ofByteArray(new byte[(1 << 20) + 1]))),
                413,
                "too-large");
        var chunked =
                BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(new byte[(1 << 20) + 1]));
        problem(server.send(server.to("/channels/p/webhook").POST(chunked)), 413, "too-large");
        problem(
                server.send(
                        server.to("/channels/p/webhook")
                                .header("Content-Encoding", "br")
                                .POST(BodyPublishers.ofString("x"))),
                415,
                "wrong-type");
        assertThat(received).isEmpty();
    }

    @Test
    @DisplayName("tells that nobody is there before it reads, and the connection can be used again")
    void nobody() throws Exception {
        try (var socket = server.socket()) {
            var out = socket.getOutputStream();
            out.write(head("nobody", "Content-Length: 5"));

            assertThat(answer(socket)).startsWith("HTTP/1.1 404").contains("/problems/not-found");
            out.write("hello".getBytes(StandardCharsets.US_ASCII));
            out.write(head("p", "Content-Length: 0"));
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");
        }
        assertThat(accounts).containsExactly("p");
    }

    @ParameterizedTest
    @DisplayName("does not listen to much that is said to nobody: nothing of it is a request")
    @ValueSource(
            strings = {
                "Content-Length: 1000000",
                "Transfer-Encoding: chunked",
                "Content-Length: 67\r\nExpect: 100-continue"
            })
    void muchToNobody(String headers) throws Exception {
        try (var socket = server.socket()) {
            var out = socket.getOutputStream();
            out.write(head("nobody", headers));
            assertThat(answer(socket))
                    .startsWith("HTTP/1.1 404")
                    .containsIgnoringCase("connection: close");

            assertThat(rest(socket, head("p", "Content-Length: 0"))).isEmpty();
        }
        assertThat(accounts).isEmpty();
    }

    private static byte[] head(String account, String headers) {
        return ("POST /channels/"
                        + account
                        + "/webhook HTTP/1.1\r\nHost: h\r\n"
                        + headers
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// What is still said to somebody who goes on; a connection that is gone says nothing.
    private static String rest(java.net.Socket socket, byte[] more) throws java.io.IOException {
        try {
            socket.getOutputStream().write(more);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.net.SocketException _) {
            return "";
        }
    }

    /// Reads one answer, to the last byte of its body.
    private static String answer(java.net.Socket socket) throws java.io.IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new AssertionError("the answer was cut: " + text);
            }
            text.append((char) next);
        }
        var length = Pattern.compile("(?i)content-length: (\\d+)").matcher(text);
        int left = length.find() ? Integer.parseInt(length.group(1)) : 0;
        byte[] body = socket.getInputStream().readNBytes(left);
        return text.append(new String(body, StandardCharsets.UTF_8)).toString();
    }

    @Test
    @DisplayName("takes a body of exactly the limit, in many pieces")
    void large() throws Exception {
        byte[] body = "0123456789abcdef".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);

        assertThat(
                        server.send(
                                        server.to("/channels/p/webhook")
                                                .POST(BodyPublishers.ofByteArray(body)))
                                .statusCode())
                .isEqualTo(200);
        assertThat(next().body()).isEqualTo(Bytes.of(body));
    }

    @Test
    @DisplayName("says what it means when nothing could be stored")
    void failures() {
        taker = _ -> CompletableFuture.failedFuture(new JournalUnavailable("the disk is full"));
        var full = server.get("/channels/p/webhook");
        problem(full, 503, "unavailable");
        assertThat(full.headers().firstValue("Retry-After")).isPresent();

        taker = _ -> CompletableFuture.failedFuture(new IllegalStateException("secret"));
        var broken = server.get("/channels/p/webhook");
        problem(broken, 500, "internal");
        assertThat(broken.body()).doesNotContain("secret");
    }

    @Test
    @DisplayName("refuses more than may be under way, and takes more when the first are answered")
    void backPressure() throws Exception {
        var pending = new CompletableFuture<WebhookReply>();
        taker = _ -> pending;
        // one per event loop is allowed; two clients on each loop are one too many
        var clients = new java.util.ArrayList<CompletableFuture<Integer>>();
        int all = 2 * HttpLimits.DEFAULT.eventLoops();
        for (int i = 0; i < all; i++) {
            clients.add(
                    server.client
                            .sendAsync(
                                    server.to("/channels/p/webhook").build(),
                                    java.net.http.HttpResponse.BodyHandlers.ofString())
                            .thenApply(java.net.http.HttpResponse::statusCode));
        }
        org.awaitility.Awaitility.await().until(() -> received.size() == all / 2);
        org.awaitility.Awaitility.await()
                .until(() -> clients.stream().filter(CompletableFuture::isDone).count() == all / 2);

        pending.complete(WebhookReply.EMPTY);

        List<Integer> statuses = new java.util.ArrayList<>();
        for (var client : clients) {
            statuses.add(client.get(10, TimeUnit.SECONDS));
        }
        assertThat(statuses).containsOnly(204, 503);
        assertThat(statuses.stream().filter(status -> status == 204).count()).isEqualTo(all / 2);
        assertThat(server.get("/channels/p/webhook").statusCode()).isEqualTo(204);
    }

    @Test
    @DisplayName("answers pipelined requests in their order")
    void pipelined() throws Exception {
        taker =
                request ->
                        CompletableFuture.supplyAsync(
                                () -> WebhookReply.ok("text/plain", "answer " + request.path()));
        var requests = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            requests.append("POST /channels/p/webhook/")
                    .append(i)
                    .append(" HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n")
                    .append(i == 49 ? "Connection: close\r\n" : "")
                    .append("\r\nok");
        }

        String answers = server.raw(requests.toString());

        for (int i = 1; i < 50; i++) {
            assertThat(answers.indexOf("answer " + i))
                    .isGreaterThan(answers.indexOf("answer " + (i - 1)));
        }
    }

    @Test
    @DisplayName("tells a client that asks first to go on")
    void goesOn() throws Exception {
        String answer;
        try (var socket = server.socket()) {
            var out = socket.getOutputStream();
            out.write(
                    "POST /channels/p/webhook HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] first = socket.getInputStream().readNBytes(12);
            assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100");
            out.write("ok".getBytes(StandardCharsets.US_ASCII));
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
        assertThat(answer).contains("HTTP/1.1 200").contains("<ok/>");
    }

    private WebhookRequest next() throws InterruptedException {
        WebhookRequest request = received.poll(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("nothing was received");
        }
        return request;
    }
}
