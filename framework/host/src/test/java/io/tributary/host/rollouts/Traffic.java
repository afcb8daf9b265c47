package io.tributary.host.rollouts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Senders who each post one message after the other, and remember which were taken and which were
/// not.
final class Traffic implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI webhook;
    private final List<Thread> senders = new ArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, Integer> refused = new ConcurrentHashMap<>();
    private volatile boolean over;

    Traffic(URI member, String account, int senders) {
        this.webhook = member.resolve("/channels/" + account + "/webhook");
        for (int i = 0; i < senders; i++) {
            String from = "+" + (1000 + i);
            this.senders.add(Thread.ofVirtual().start(() -> send(from)));
        }
    }

    /// How many were taken so far.
    int count() {
        return taken.size();
    }

    /// Answers that were no 2xx, and how often.
    Map<Integer, Integer> refused() {
        return Map.copyOf(refused);
    }

    /// Ends, and says which were taken, in no order.
    List<String> end() throws InterruptedException {
        over = true;
        for (Thread sender : senders) {
            sender.join();
        }
        return List.copyOf(taken);
    }

    private void send(String from) {
        while (!over) {
            String id = "m" + numbers.incrementAndGet();
            int status = post(id + " " + from + " hello " + id);
            if (status / 100 == 2) {
                taken.add(id);
            } else {
                refused.merge(status, 1, Integer::sum);
            }
        }
    }

    private int post(String body) {
        try {
            var request =
                    HttpRequest.newBuilder(webhook)
                            .header("Content-Type", "text/plain")
                            .POST(BodyPublishers.ofString(body))
                            .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException broken) {
            return 0;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public void close() throws InterruptedException {
        var _ = end();
        http.shutdownNow();
    }
}
