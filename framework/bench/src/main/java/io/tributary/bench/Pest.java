package io.tributary.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Posts events to a plugin, one after the other on each of a few threads, whatever comes back.
final class Pest implements AutoCloseable {

    private static final int THREADS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Between two events of a thread: a plugin that fails at once is to be called often, not to be
    /// a load test of its own.
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Thread> threads = new ArrayList<>();
    private final URI target;

    Pest(URI target) {
        this.target = target;
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofVirtual().name("pest-" + i).start(this::go));
        }
    }

    private void go() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                post();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void post() throws InterruptedException {
        try {
            var _ =
                    http.send(
                            HttpRequest.newBuilder(target)
                                    .timeout(PATIENCE)
                                    .POST(BodyPublishers.ofString(UUID.randomUUID().toString()))
                                    .build(),
                            BodyHandlers.discarding());
        } catch (IOException unanswered) {
            // as good as any other answer: others are looked at
        }
    }

    @Override
    public void close() throws IOException {
        threads.forEach(Thread::interrupt);
        for (Thread each : threads) {
            try {
                each.join(PATIENCE);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", interrupted);
            }
        }
        http.shutdownNow();
    }
}
