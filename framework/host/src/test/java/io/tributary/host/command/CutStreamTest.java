package io.tributary.host.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("tail, where its connection is cut")
final class CutStreamTest {

    private static final String PAGE = "{\"items\":[],\"next\":\"0\"}";

    static List<Arguments> cuts() {
        return List.of(
                Arguments.of("within a cursor", "id: ", "1"),
                Arguments.of("behind a cursor", "id: 2\n", "1"),
                Arguments.of("within an event", "\"data\":", "1"),
                Arguments.of("before an event's empty line", "}}\n", "1"),
                Arguments.of("behind an event", "}}\n\n", "2"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cuts")
    @DisplayName("shows every event exactly once, in order")
    void once(String where, String cut, String reached) throws Exception {
        var out = new StringWriter();
        var err = new StringWriter();
        try (var server = new CuttingServer(cut)) {
            Thread tail = Thread.ofPlatform().start(() -> follow(server, out, err));
            try {
                await().until(() -> out.toString().contains("event 3"));
            } finally {
                tail.interrupt();
                tail.join();
            }

            assertThat(server.asked).containsExactly("0", reached);
        }
        assertThat(out.toString().lines().map(line -> line.replaceAll(".*(event \\d).*", "$1")))
                .containsExactly("event 1", "event 2", "event 3");
        assertThat(err.toString()).contains("the connection was cut");
    }

    private static void follow(CuttingServer server, StringWriter out, StringWriter err) {
        Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "tail",
                "--follow",
                "--json",
                "--token",
                "t",
                "--url",
                "http://127.0.0.1:" + server.door.getLocalPort());
    }

    /// A member with three events that cuts its first stream somewhere in the second of them.
    private static final class CuttingServer implements AutoCloseable {

        final List<String> asked = new CopyOnWriteArrayList<>();
        private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
        private final String cut;

        CuttingServer(String cut) throws IOException {
            this.cut = cut;
            Thread.startVirtualThread(this::accept);
        }

        private void accept() {
            try {
                while (true) {
                    Socket socket = door.accept();
                    sockets.add(socket);
                    Thread.startVirtualThread(() -> serve(socket));
                }
            } catch (IOException closed) {
                // the test is over
            }
        }

        private void serve(Socket socket) {
            try {
                String head = head(socket);
                if (!head.startsWith("GET /v1/stream?after=")) {
                    write(socket, answer(PAGE.length()) + PAGE);
                    socket.close();
                    return;
                }
                String after = head.replaceAll("(?s)GET /v1/stream\\?after=(\\d).*", "$1");
                asked.add(after);
                write(socket, answer(1_000_000) + events(Integer.parseInt(after)));
                if (asked.size() == 1) {
                    socket.close();
                }
            } catch (IOException gone) {
                // the command has left
            }
        }

        /// The rest of the log, or what gets through of it.
        private String events(int after) {
            var events = new StringBuilder();
            for (int number = after + 1; number <= 3; number++) {
                String event =
                        "id: %d\nevent: test.v1\ndata: {\"type\":\"test.v1\",\"data\":{\"fallbackText\":\"event %d\"}}\n\n"
                                .formatted(number, number);
                if (asked.size() == 1 && number == 2) {
                    return events.append(event, 0, event.indexOf(cut) + cut.length()).toString();
                }
                events.append(event);
            }
            return events.toString();
        }

        private static String answer(int length) {
            return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n";
        }

        private static void write(Socket socket, String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        private static String head(Socket socket) throws IOException {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    throw new IOException("no head");
                }
                head.append((char) next);
            }
            return head.toString();
        }

        @Override
        public void close() throws IOException {
            door.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
