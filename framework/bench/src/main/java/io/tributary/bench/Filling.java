package io.tributary.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.json.JsonMapper;

/// Agents who fill a member's outbox: so many messages, to all conversations in turn.
final class Filling implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int AGENTS = 32;
    private static final int UNAVAILABLE = 503;

    /// A member that takes no more just now takes it soon.
    private static final int TRIES = 20;

    private final URI member;
    private final Map<Integer, String> conversations = new ConcurrentHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Filling(URI member) {
        this.member = member;
    }

    void fill(int messages) throws IOException, InterruptedException {
        var next = new AtomicInteger();
        var done = new Semaphore(0);
        var failure = new AtomicReference<String>();
        for (int agent = 0; agent < AGENTS; agent++) {
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            for (int number = next.getAndIncrement();
                                    number < messages && failure.get() == null;
                                    number = next.getAndIncrement()) {
                                say(number);
                            }
                        } catch (IOException | RuntimeException broken) {
                            failure.set(String.valueOf(broken));
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        } finally {
                            done.release();
                        }
                    });
        }
        done.acquire(AGENTS);
        if (failure.get() != null) {
            throw new IOException("the outbox could not be filled: " + failure.get());
        }
    }

    private void say(int number) throws IOException, InterruptedException {
        int customer = number % Dispatch.CONVERSATIONS;
        String parts =
                "\"parts\":[{\"type\":\"text\",\"text\":\"" + Webhooks.text(number) + "\"}]}";
        String known = conversations.get(customer);
        String said =
                known == null
                        ? post(
                                "/v1/conversations",
                                "{\"account\":\"dispatch\",\"address\":\"+1415%07d\",\"line\":\"%s\",%s"
                                        .formatted(customer, Dispatch.line(customer), parts))
                        : post("/v1/conversations/" + known + "/interactions", "{" + parts);
        if (known == null) {
            conversations.put(customer, JSON.readTree(said).path("conversationId").stringValue());
        }
    }

    private String post(String path, String json) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(member.resolve(path))
                        .header("Authorization", "Bearer " + Member.TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build();
        var answer = http.send(request, BodyHandlers.ofString());
        for (int left = TRIES; answer.statusCode() == UNAVAILABLE && left > 0; left--) {
            answer = http.send(request, BodyHandlers.ofString());
        }
        if (answer.statusCode() != 202) {
            throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
