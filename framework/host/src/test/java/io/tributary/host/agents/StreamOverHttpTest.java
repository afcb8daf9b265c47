package io.tributary.host.agents;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.host.access.Access;
import io.tributary.host.access.Scope;
import io.tributary.host.http.HttpDoor;
import io.tributary.host.http.HttpSettings;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Routes;
import io.tributary.host.journal.Filter;
import io.tributary.model.Bytes;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("The stream over HTTP")
final class StreamOverHttpTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it in
    private Path folder;

    private final Vertx vertx = Vertx.vertx();

    @SuppressWarnings("NullAway.Init") // before each test
    private TestLog log;

    @SuppressWarnings("NullAway.Init") // before each test
    private Agents agents;

    @SuppressWarnings("NullAway.Init") // before each test
    private HttpDoor door;

    @SuppressWarnings("NullAway.Init") // before each test
    private String token;

    private int port;

    @BeforeEach
    void serve() throws Exception {
        log = new TestLog(folder);
        agents =
                new Agents(
                        log.journal,
                        InstantSource.system(),
                        new Agents.Options(
                                200,
                                1 << 20,
                                Duration.ofMillis(200),
                                Duration.ofMillis(500),
                                Duration.ofSeconds(3)));
        var access = new Access(log.journal, InstantSource.system());
        token = access.firstToken(null, false).orElseThrow();
        door =
                new HttpDoor(
                        vertx,
                        HttpSettings.of("127.0.0.1", 0),
                        access,
                        List::of,
                        new SimpleMeterRegistry(),
                        () -> "",
                        InstantSource.system());
        door.feed(
                "/v1/stream",
                Scope.INTERACTIONS_READ,
                (_, _, cursor, sink) -> {
                    long from =
                            cursor == null
                                    ? log.journal.log().head()
                                    : agents.cursors().need(cursor);
                    return new Following(agents.streams().open(Filter.ALL, from, new Reader(sink)));
                });
        port = door.start().apis().getPort();
    }

    @AfterEach
    void stop() throws Exception {
        door.close();
        agents.close();
        log.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /// Joins the two rooms.
    private record Reader(Routes.Sink sink) implements Sink {

        @Override
        public boolean ready() {
            return sink.ready();
        }

        @Override
        public void event(String cursor, String type, Bytes data) {
            sink.event(cursor, type, data);
        }

        @Override
        public void signal(String type, Bytes data) {
            sink.signal(type, data);
        }

        @Override
        public void heartbeat(String cursor) {
            sink.heartbeat(cursor);
        }

        @Override
        public void flush() {
            sink.flush();
        }

        @Override
        public void end(Ending why) {
            sink.end(new Problem(ProblemType.UNAVAILABLE, why.name()));
        }
    }

    private record Following(Subscription subscription) implements Routes.Subscription {

        @Override
        public void drained() {
            subscription.drained();
        }

        @Override
        public void close() {
            subscription.close();
        }
    }

    /// A browser, in short: reads events and remembers the last id.
    private final class Client implements AutoCloseable {

        private final Socket socket = new Socket();
        private final BufferedReader lines;
        private String cursor;

        Client(String from) throws IOException {
            cursor = from;
            socket.setSoTimeout(15_000);
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            String request =
                    "GET /v1/stream HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
                            + token
                            + "\r\nLast-Event-ID: "
                            + from
                            + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        }

        /// The position of the next event.
        long next() throws IOException {
            String id = cursor;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    cursor = id;
                    return JsonMapper.shared()
                            .readTree(line.substring(6))
                            .at("/data/position")
                            .asLong();
                }
            }
            throw new IOException("the stream ended");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    @DisplayName("resumed after random disconnects has every row once, in order")
    void everyRowOnce() throws Exception {
        TestLog.Talk talk = log.talk(TestLog.EAST, "1");
        Thread writer =
                Thread.ofVirtual()
                        .start(() -> {
                            for (int i = 0; i < 30; i++) {
                                log.sayMany(talk, 100);
                            }
                        });
        var random = new Random(11);
        List<Long> all = new ArrayList<>();
        String cursor = agents.cursors().of(0);
        while (all.size() < 3_000) {
            try (var client = new Client(cursor)) {
                int most = Math.min(1 + random.nextInt(80), 3_000 - all.size());
                for (int i = 0; i < most; i++) {
                    all.add(client.next());
                }
                cursor = client.cursor;
            }
        }
        writer.join();

        assertThat(all).isEqualTo(LongStream.rangeClosed(1, 3_000).boxed().toList());
        await().until(() -> door.streams() == 0 && agents.streams().size() == 0);
    }

    @Test
    @DisplayName("ends a client that reads nothing, and brings the others everything meanwhile")
    void stuckClient() throws Exception {
        TestLog.Talk talk = log.talk(TestLog.EAST, "1");
        String begin = agents.cursors().of(0);
        try (var stuck = new Client(begin);
                var reader = new Client(begin)) {
            await().until(() -> agents.streams().size() == 2);
            assertThat(stuck.socket.isConnected()).isTrue();
            String text = "x".repeat(100_000);
            for (int i = 1; i <= 200; i++) {
                log.say(talk, text);
                assertThat(reader.next()).isEqualTo(i);
            }

            await().atMost(Duration.ofSeconds(30)).until(() -> door.streams() == 1);
            log.say(talk, "still here");
            assertThat(reader.next()).isEqualTo(201);
        }
    }
}
