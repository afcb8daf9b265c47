package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// What connections connect to: keeps every line that it was ever called on.
final class Tower implements AutoCloseable {

    private final ServerSocket server;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final int allowed;

    /// @param allowed how many lines there may be at the same time
    Tower(int allowed) throws IOException {
        this.allowed = allowed;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /// How many lines are open now.
    int open() {
        return open.get();
    }

    /// How many were ever called on.
    int lines() {
        return lines.size();
    }

    /// How many were open at the same time.
    int mostAtOnce() {
        return most.get();
    }

    /// One line, as soon as it was called on.
    Line line(int number) {
        await().atMost(Duration.ofSeconds(20)).until(() -> lines.size() > number);
        return lines.get(number);
    }

    private void accept() {
        try {
            while (true) {
                var line = new Line(server.accept());
                goneMayBeNoticed();
                most.accumulateAndGet(open.incrementAndGet(), Math::max);
                lines.add(line);
                Thread.ofVirtual().start(line::listen);
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    /// That a line was hung up before the next one came is noticed by another thread than this.
    private void goneMayBeNoticed() {
        long until = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        while (open.get() >= allowed && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var each : lines) {
            each.socket.close();
        }
    }

    /// One connection.
    final class Line {

        private final Socket socket;
        private final PrintWriter out;
        private final List<String> heard = new CopyOnWriteArrayList<>();

        private Line(Socket socket) throws IOException {
            this.socket = socket;
            this.out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
        }

        private void listen() {
            try (var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.UTF_8))) {
                for (String text = in.readLine(); text != null; text = in.readLine()) {
                    heard.add(text);
                }
            } catch (IOException gone) {
                // what was heard counts
            } finally {
                open.decrementAndGet();
            }
        }

        Line say(String text) {
            out.println(text);
            return this;
        }

        Line hears(String text) {
            await().untilAsserted(() -> assertThat(heard).contains(text));
            return this;
        }

        List<String> heard() {
            return heard;
        }

        /// The answers to the questions for owned keys, in order.
        List<Boolean> owned() {
            return heard.stream()
                    .filter(each -> each.startsWith("owns "))
                    .map(each -> each.endsWith("true"))
                    .toList();
        }
    }
}
