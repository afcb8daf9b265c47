package io.tributary.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.access.Scope;
import io.tributary.spi.WebhookReply;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Bodies in memory")
final class BodiesInMemoryTest {

    private static final int ALL = 200_000;
    private static final int LARGE = 90_000;

    private final CompletableFuture<WebhookReply> reply = new CompletableFuture<>();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final TestDoor server =
            new TestDoor(settings -> settings.limits(HttpLimits.DEFAULT.bodies(ALL)));

    @BeforeEach
    void serve() {
        server.door
                .webhooks(
                        new TestWebhooks((account, _) ->
                                account.equals("waits")
                                        ? reply
                                        : CompletableFuture.completedFuture(WebhookReply.EMPTY)))
                .add(
                        "POST",
                        "/v1/files",
                        Scope.INTERACTIONS_READ,
                        Body.any(1 << 20),
                        _ -> answer.join());
        server.start();
    }

    @AfterEach
    void stop() {
        reply.complete(WebhookReply.EMPTY);
        answer.complete(Answer.nothing());
        server.close();
    }

    @Test
    @DisplayName(
            "that come slowly fill their share and no more, and sockets that close give it back")
    void slowly() throws Exception {
        try (Socket one = half();
                Socket other = half()) {
            awaitHeld(2 * (LARGE - 1));

            HttpResponse<String> refused = post(LARGE);

            HttpDoorTest.problem(refused, 503, "unavailable");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(post(BodyBudget.FREE).statusCode()).isEqualTo(204);
            assertThat(held()).isEqualTo(2 * (LARGE - 1));

            one.close();
            awaitHeld(LARGE - 1);
            assertThat(post(LARGE).statusCode()).isEqualTo(204);
            assertThat(other.isClosed()).isFalse();
        }
        awaitHeld(0);
    }

    @Test
    @DisplayName("of webhooks count until they are answered")
    void webhooks() throws Exception {
        var asked =
                server.client.sendAsync(
                        server.to("/channels/waits/webhook")
                                .POST(BodyPublishers.ofByteArray(new byte[LARGE]))
                                .build(),
                        BodyHandlers.ofString());
        awaitHeld(LARGE);

        reply.complete(WebhookReply.EMPTY);

        assertThat(asked.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
        awaitHeld(0);
    }

    @Test
    @DisplayName("that somebody still works on count, also when their client has left")
    void leftBehind() throws Exception {
        try (Socket socket = server.socket()) {
            socket.getOutputStream()
                    .write(
                            ("POST /v1/files HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
                                            + KnownTokens.READER
                                            + "\r\nContent-Length: "
                                            + LARGE
                                            + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[LARGE]);
            await().until(() -> server.door.underWay() == 1);
        }
        await().until(() -> metric("tributary_http_connections ") == 1);
        assertThat(held()).isEqualTo(LARGE);

        answer.complete(Answer.nothing());

        awaitHeld(0);
    }

    @Test
    @DisplayName("that are refused are not kept")
    void refused() {
        HttpDoorTest.problem(post(ALL + 1), 503, "unavailable");
        HttpDoorTest.problem(post((1 << 20) + 1), 413, "too-large");

        awaitHeld(0);
    }

    /// A socket that has sent all of a large body but its last byte.
    private Socket half() throws IOException {
        Socket socket = server.socket();
        socket.getOutputStream()
                .write(
                        ("POST /channels/p/webhook HTTP/1.1\r\nHost: h\r\nContent-Length: "
                                        + LARGE
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(new byte[LARGE - 1]);
        return socket;
    }

    private HttpResponse<String> post(int bytes) {
        return server.send(
                server.to("/channels/p/webhook").POST(BodyPublishers.ofByteArray(new byte[bytes])));
    }

    private void awaitHeld(long bytes) {
        await().until(() -> held() == bytes);
    }

    private long held() {
        return metric("tributary_http_bodies_bytes ");
    }

    private long metric(String name) {
        String line =
                server.send(server.as(KnownTokens.OPERATOR, "/metrics"))
                        .body()
                        .lines()
                        .filter(each -> each.startsWith(name))
                        .findFirst()
                        .orElseThrow();
        return (long) Double.parseDouble(line.substring(name.length()));
    }
}
