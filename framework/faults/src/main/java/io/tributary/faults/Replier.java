package io.tributary.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An agent who answers in many conversations in turn, so many replies a second, over any member
/// that runs. What is not taken, or of which nobody knows, is said again under the same key, until
/// it is taken.
final class Replier implements Runnable, AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int CONVERSATIONS = 50;
    private static final int UNAVAILABLE = 503;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Whereabouts places;
    private final long pause;
    private final List<Reply> taken = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("replier").unstarted(this);
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();
    private volatile boolean over;
    private volatile String failure = "";
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong again = new AtomicLong();

    private record Conversation(String id, String address) {}

    Replier(Whereabouts places, int replies) {
        this.places = places;
        this.pause = TimeUnit.SECONDS.toNanos(1) / replies;
    }

    void begin() {
        thread.start();
    }

    /// How many replies were taken.
    long count() {
        return count.get();
    }

    /// How often one had to be said again.
    long again() {
        return again.get();
    }

    /// Why it ended by itself; empty: it did not.
    String trouble() {
        return failure;
    }

    /// Ends, and answers what was taken, in order.
    List<Reply> end() throws IOException, InterruptedException {
        over = true;
        thread.join();
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        return List.copyOf(taken);
    }

    @Override
    public void run() {
        try {
            List<Conversation> conversations = conversations();
            long next = System.nanoTime();
            for (int i = 0; !over; i++) {
                taken.add(say("reply " + i, conversations.get(i % conversations.size())));
                count.incrementAndGet();
                next += pause;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (IOException | RuntimeException broken) {
            failure = "a reply was not taken: " + broken.getMessage();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply say(String text, Conversation conversation)
            throws IOException, InterruptedException {
        String path = "/v1/conversations/" + conversation.id() + "/interactions";
        String key = UUID.randomUUID().toString();
        while (true) {
            try {
                HttpResponse<String> answer =
                        http.send(
                                request(path)
                                        .header("Content-Type", "application/json")
                                        .header("Idempotency-Key", key)
                                        .POST(
                                                BodyPublishers.ofString(
                                                        "{\"parts\":[{\"type\":\"text\",\"text\":\""
                                                                + text
                                                                + "\"}]}"))
                                        .build(),
                                BodyHandlers.ofString());
                if (answer.statusCode() / 100 == 2) {
                    String id = JSON.readTree(answer.body()).path("id").asString();
                    return new Reply(id, conversation.address(), text);
                }
                if (answer.statusCode() != UNAVAILABLE) {
                    throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
                }
            } catch (IOException unknown) {
                // somebody else is to be asked
            }
            again.incrementAndGet();
            places.pause(PAUSE);
        }
    }

    private List<Conversation> conversations() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        request("/v1/conversations?limit=" + CONVERSATIONS).build(),
                        BodyHandlers.ofString());
        List<Conversation> all = new ArrayList<>();
        for (JsonNode each : JSON.readTree(answer.body()).path("items")) {
            all.add(new Conversation(each.path("id").asString(), each.path("address").asString()));
        }
        if (all.isEmpty()) {
            throw new IOException("there is no conversation to answer in: " + answer.body());
        }
        return all;
    }

    private HttpRequest.Builder request(String path) throws InterruptedException {
        URI at = places.await();
        if (at == null) {
            throw new InterruptedException("nobody will come back");
        }
        return HttpRequest.newBuilder(at.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + Launch.TOKEN);
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
        http.shutdownNow();
    }
}
