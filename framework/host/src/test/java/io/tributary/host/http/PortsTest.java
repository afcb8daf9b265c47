package io.tributary.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.access.Scope;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Ports")
final class PortsTest {

    @Test
    @DisplayName("that are taken are named, with what to do")
    void taken() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var server =
                        new TestDoor(settings ->
                                new HttpSettings(
                                        settings.host(),
                                        other.getLocalPort(),
                                        0,
                                        null,
                                        null,
                                        settings.origins(),
                                        TrustedProxies.NONE,
                                        false,
                                        HttpLimits.DEFAULT))) {
            assertThatThrownBy(server.door::start)
                    .isInstanceOf(HttpUnavailable.class)
                    .hasMessageContaining("port " + other.getLocalPort() + " on 127.0.0.1")
                    .hasMessageContaining("http.port");
        }
    }

    @Test
    @DisplayName("must differ, since pages are another origin")
    void differ() {
        assertThatThrownBy(() ->
                        new HttpSettings(
                                "127.0.0.1",
                                8080,
                                8080,
                                null,
                                null,
                                java.util.Set.of(),
                                TrustedProxies.NONE,
                                false,
                                HttpLimits.DEFAULT))
                .hasMessageContaining("must differ");
    }

    @Test
    @DisplayName("of operators alone have what is for operators")
    void adminPort() throws Exception {
        try (var server = new TestDoor(settings -> settings.adminPort(0))) {
            server.door.add("GET", "/admin/v1/tokens", Scope.ADMIN_READ, 0, _ -> Answer.nothing());
            server.start();
            URI admin = server.addresses().admin();
            assertThat(admin).isNotNull();

            HttpDoorTest.problem(
                    server.send(server.as(KnownTokens.OPERATOR, "/admin/v1/tokens")),
                    404,
                    "not-found");
            HttpDoorTest.problem(server.get("/metrics"), 404, "not-found");
            assertThat(status(server, admin + "/metrics")).isEqualTo(200);
            assertThat(status(server, admin + "/admin/v1/tokens")).isEqualTo(204);
            assertThat(status(server, admin + "/health/ready")).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("stop taking requests at once and let those under way finish")
    void gracefulStop() throws Exception {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        try (var server = new TestDoor(settings -> settings.limits(TestDoor.QUICK))) {
            server.door.open(
                    "GET",
                    "/slow",
                    _ -> {
                        entered.countDown();
                        assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
                        return Answer.nothing();
                    });
            server.start();
            CompletableFuture<HttpResponse<Void>> slow =
                    server.client.sendAsync(
                            server.to("/slow").build(), HttpResponse.BodyHandlers.discarding());
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

            Thread closing = Thread.ofVirtual().start(server.door::close);
            org.awaitility.Awaitility.await().until(() -> refused(server));
            go.countDown();

            assertThat(slow.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
            closing.join();
        }
    }

    private static boolean refused(TestDoor server) {
        try {
            return server.raw("GET /health/live HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                    .startsWith("HTTP/1.1 503");
        } catch (java.io.IOException _) {
            return true;
        }
    }

    private static int status(TestDoor server, String url) throws Exception {
        return server.client
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Authorization", "Bearer " + KnownTokens.OPERATOR)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
