package io.tributary.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import tools.jackson.databind.json.JsonMapper;

/// Agents who fill a member's outbox: so many messages, to all conversations in turn.
final class Filling implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int AGENTS = 32;
    private static final int UNAVAILABLE = 503;

    /// A member that takes no more just now takes it soon.
    private static final int TRIES = 20;

    private final URI member;
    private final String account;
    private final IntFunction<String> lines;
    private final Map<Integer, String> conversations = new ConcurrentHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// @param lines the account's number that a conversation goes over
    Filling(URI member, String account, IntFunction<String> lines) {
        this.member = member;
        this.account = account;
        this.lines = lines;
    }

    void fill(int messages) throws IOException, InterruptedException {
        Callers.call(AGENTS, number -> number < messages, this::say);
    }

    private void say(long number) throws IOException, InterruptedException {
        int customer = (int) (number % Outbox.CONVERSATIONS);
        String parts =
                "\"parts\":[{\"type\":\"text\",\"text\":\"" + Webhooks.text(number) + "\"}]}";
        String known = conversations.get(customer);
        String said =
                known == null
                        ? post(
                                "/v1/conversations",
                                "{\"account\":\"%s\",\"address\":\"+1415%07d\",\"line\":\"%s\",%s"
                                        .formatted(account, customer, lines.apply(customer), parts))
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
