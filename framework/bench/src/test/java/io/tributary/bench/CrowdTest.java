package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("a crowd of idle sockets")
@Timeout(60)
final class CrowdTest {

    private static final int MANY = 200;

    private final Vertx vertx = Vertx.vertx();
    private final ConcurrentLinkedQueue<ServerWebSocket> sockets = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private URI serving(boolean speaking) {
        HttpServer server =
                vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                        .webSocketHandler(socket -> {
                            sockets.add(socket);
                            socket.textMessageHandler(
                                    said -> socket.writeTextMessage("to " + said));
                            if (speaking) {
                                socket.writeTextMessage("ready");
                            }
                        })
                        .requestHandler(request -> request.response().setStatusCode(403).end())
                        .listen()
                        .await();
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    private static Crowd.Knock knock(String upgrade, String hello) {
        return new Crowd.Knock(
                "GET / HTTP/1.1\r\nHost: x\r\n"
                        + upgrade
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                hello);
    }

    private static Crowd.Knock knock(String hello) {
        return knock("Connection: Upgrade\r\nUpgrade: websocket\r\n", hello);
    }

    @Test
    @DisplayName("is there when each was spoken with, and answers pings with what was in them")
    void pings() throws Exception {
        URI member = serving(true);
        try (Crowd crowd = Crowd.open(member, "127.0.0.1", MANY, _ -> knock(null))) {
            assertThat(sockets).hasSize(MANY);
            var pongs = new CountDownLatch(MANY);
            for (ServerWebSocket each : sockets) {
                each.pongHandler(said -> {
                    if (said.toString().equals("still there?")) {
                        pongs.countDown();
                    }
                });
                each.writePing(Buffer.buffer("still there?")).await();
            }
            assertThat(pongs.await(30, TimeUnit.SECONDS)).isTrue();
            crowd.check();
        }
    }

    @Test
    @DisplayName("says what each has to say first, and takes long and short answers")
    void says() throws Exception {
        URI member = serving(false);
        String words = "x".repeat(122);
        try (Crowd crowd = Crowd.open(member, "127.0.0.1", MANY, _ -> knock(words))) {
            crowd.check();
            assertThat(sockets).hasSize(MANY);
        }
    }

    @Test
    @DisplayName("tells that one was not let in, or was closed")
    void refused() throws Exception {
        URI member = serving(true);
        assertThatThrownBy(() -> Crowd.open(member, "127.0.0.1", 3, _ -> knock("", null)))
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("the member answered HTTP/1.1 403 Forbidden");
        try (Crowd crowd = Crowd.open(member, "127.0.0.1", 3, _ -> knock(null))) {
            sockets.forEach(each -> each.close((short) 1012));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            assertThatThrownBy(
                            () -> {
                                while (System.nanoTime() < end) {
                                    crowd.check();
                                    Thread.onSpinWait();
                                }
                            })
                    .hasRootCauseMessage("the member closed a socket: 1012");
        }
    }
}
