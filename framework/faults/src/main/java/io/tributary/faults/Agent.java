package io.tributary.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An agent app, over any member that runs. What is not taken, or of which nobody knows, is said
/// again under the same key, until it is taken. Thread safe.
final class Agent implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int UNAVAILABLE = 503;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Whereabouts places;
    private final AtomicLong again = new AtomicLong();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();

    Agent(Whereabouts places) {
        this.places = places;
    }

    /// How often something had to be said again.
    long again() {
        return again.get();
    }

    JsonNode read(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request(path).build(), BodyHandlers.ofString());
        return JSON.readTree(answer.body());
    }

    /// Says something, once.
    ///
    /// @param json what is posted
    /// @return the interaction
    JsonNode say(String path, String json) throws InterruptedException {
        String key = UUID.randomUUID().toString();
        while (true) {
            try {
                HttpResponse<String> answer =
                        http.send(
                                request(path)
                                        .header("Content-Type", "application/json")
                                        .header("Idempotency-Key", key)
                                        .POST(BodyPublishers.ofString(json))
                                        .build(),
                                BodyHandlers.ofString());
                if (answer.statusCode() / 100 == 2) {
                    return JSON.readTree(answer.body());
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
        http.shutdownNow();
    }
}
