package io.tributary.host.http;

import static io.tributary.host.http.HttpDoorTest.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.access.Scope;
import io.tributary.model.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Server-sent events")
final class EventStreamTest {

    private final TestFeed feed = new TestFeed();
    private final TestDoor server =
            new TestDoor(settings -> settings.limits(TestDoor.QUICK.atOnce(1_000, 100, 100, 2)));

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

    @Test
    @DisplayName("bring each event with its cursor and type, and heartbeats that move the cursor")
    void events() throws Exception {
        HttpResponse<java.io.InputStream> response = open("?after=c0");
        TestFeed.Opened client = feed.client();
        client.event(1, "{\"a\":1}");
        client.sink.heartbeat("cursor-2");
        client.sink.flush();

        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(response.headers().firstValue("Cache-Control").orElseThrow())
                .contains("no-transform");
        assertThat(client.cursor).isEqualTo("c0");
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("retry: ");
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).isEqualTo("id: cursor-1");
            assertThat(lines.readLine()).isEqualTo("event: test.v1");
            assertThat(lines.readLine()).isEqualTo("data: {\"a\":1}");
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).isEqualTo("id: cursor-2");
            assertThat(lines.readLine()).startsWith(":");
            assertThat(lines.readLine()).isEmpty();
        }
        assertThat(client.closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName("resume at the last event id rather than at the query's cursor")
    void resumes() throws Exception {
        var request =
                server.as(KnownTokens.READER, "/v1/stream?after=older")
                        .header("Last-Event-ID", "newer");
        try (var body =
                server.client
                        .send(request.build(), HttpResponse.BodyHandlers.ofInputStream())
                        .body()) {
            assertThat(feed.client().cursor).isEqualTo("newer");
            assertThat(body.read()).isEqualTo('r');
        }
    }

    @Test
    @DisplayName("are refused like any request: by token, by cursor, by number")
    void refusals() throws Exception {
        problem(server.get("/v1/stream"), 401, "unauthenticated");
        problem(
                server.send(server.as(KnownTokens.READER, "/v1/stream?after=bad")),
                400,
                "bad-cursor");
        try (var first = open("").body();
                var second = open("").body()) {
            await().until(() -> server.door.streams() == 2);
            problem(server.send(server.as(KnownTokens.READER, "/v1/stream")), 503, "unavailable");
            assertThat(first.read() + second.read()).isEqualTo('r' + 'r');
        }
        await().until(() -> server.door.streams() == 0);
    }

    @Test
    @DisplayName("take no HEAD: it would open a stream that nobody reads")
    void head() {
        var answer =
                server.send(
                        server.as(KnownTokens.READER, "/v1/stream")
                                .method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
        assertThat(feed.opened).isEmpty();
    }

    @Test
    @DisplayName("end when their token is revoked while they open")
    void revokedMeanwhile() {
        var answer = server.send(server.as(KnownTokens.READER, "/v1/unlucky"));

        assertThat(answer.body()).contains("event: io.tributary.ended.v1", "the token was revoked");
        await().until(() -> feed.opened.element().closed.getCount() == 0);
        await().until(() -> server.door.streams() == 0);
    }

    @Test
    @DisplayName("are not ready while a client does not read, and drained when it does")
    void backPressure() throws Exception {
        try (Socket socket = request()) {
            TestFeed.Opened client = feed.client();
            int before = client.drained.get();
            String data = "x".repeat(10_000);
            int number = 0;
            await().until(() -> client.sink.ready());
            while (client.sink.ready()) {
                client.event(number++, data);
            }
            int written = number;
            assertThat(written).isLessThan(5_000);

            var reader =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII));
            readUntil(reader, "id: cursor-" + (written - 1));

            // at the latest now: the operating system may have taken more by itself before
            await().until(() -> client.drained.get() > before);
            await().until(client.sink::ready);
        }
    }

    @Test
    @DisplayName("end with the reason as last event")
    void ends() throws Exception {
        var response = open("");
        feed.client()
                .sink
                .end(new Problem(ProblemType.CURSOR_EXPIRED, "too old").with("oldest", "c9"));

        String all = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(all)
                .contains(
                        "event: io.tributary.ended.v1\ndata: {\"type\":\"io.tributary.ended.v1\",\"problem\":{")
                .contains("\"oldest\":\"c9\"")
                .endsWith("\n\n");
        assertThat(feed.client().closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName("end for a client that does not even take the reason")
    void endsForTheStuck() throws Exception {
        try (Socket socket = request()) {
            TestFeed.Opened client = feed.client();
            while (client.sink.ready()) {
                client.event(1, "x".repeat(50_000));
            }
            client.sink.end(new Problem(ProblemType.UNAVAILABLE, "too slow"));

            assertThat(client.closed.await(15, TimeUnit.SECONDS)).isTrue();
            assertThat(socket.isConnected()).isTrue();
        }
        await().until(() -> server.door.streams() == 0);
    }

    @Test
    @DisplayName("end when their token is revoked")
    void revoked() throws Exception {
        var response = open("");
        feed.client();
        server.tokens.revoke(KnownTokens.READER);

        assertThat(new String(response.body().readAllBytes(), StandardCharsets.UTF_8))
                .contains("/problems/unauthenticated");
    }

    @Test
    @DisplayName("end when the server stops")
    void stops() throws Exception {
        var response = open("");
        feed.client();
        Thread.ofVirtual().start(server.door::close);

        assertThat(new String(response.body().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("retry: ");
    }

    @Test
    @DisplayName("of data with line breaks or long texts stay whole")
    void longEvents() throws Exception {
        var response = open("");
        TestFeed.Opened client = feed.client();
        String text = "ä€😀".repeat(30_000);
        client.sink.event("cursor-1", "test.v1", Bytes.utf8("\"" + text + "\""));
        client.sink.flush();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(readUntil(lines, "data: ")).isEqualTo("data: \"" + text + "\"");
        }
    }

    private HttpResponse<java.io.InputStream> open(String query)
            throws IOException, InterruptedException {
        return server.client.send(
                server.as(KnownTokens.READER, "/v1/stream" + query).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    private Socket request() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8_192);
        socket.setSoTimeout(15_000);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", server.port()));
        socket.getOutputStream()
                .write(
                        ("GET /v1/stream HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
                                        + KnownTokens.READER
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String readUntil(BufferedReader lines, String start) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new AssertionError("the stream ended before " + start);
    }
}
