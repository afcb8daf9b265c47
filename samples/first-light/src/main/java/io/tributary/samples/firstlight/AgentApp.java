package io.tributary.samples.firstlight;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An agent app in its smallest form: it follows the stream, and it answers.
final class AgentApp implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final LinkedBlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final URI member;
    private final String token;

    AgentApp(URI member, String token) {
        this.member = member;
        this.token = token;
    }

    /// Begins to follow the unified stream.
    void follow() throws IOException, InterruptedException {
        var answer = http.send(request("/v1/stream").build(), BodyHandlers.ofInputStream());
        expect(answer.statusCode(), 200, "GET /v1/stream");
        InputStream body = answer.body();
        Thread.ofVirtual().start(() -> read(body));
    }

    private void read(InputStream body) {
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    events.add(json.readTree(line.substring("data:".length())));
                }
            }
        } catch (IOException _) {
            // the tale is over
        }
    }

    /// The next interaction that passes, as the stream brings it.
    JsonNode next(String what, Predicate<JsonNode> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline) {
            JsonNode event = events.poll(1, TimeUnit.SECONDS);
            if (event != null && wanted.test(event.path("data"))) {
                return event.path("data");
            }
        }
        throw new IllegalStateException("The stream did not bring " + what + " within 20 s.");
    }

    JsonNode put(String path, String body) throws IOException, InterruptedException {
        return send("PUT", path, body, 200);
    }

    /// Replies in a conversation. The key makes a repeated request harmless.
    JsonNode reply(String conversation, String text, long seen)
            throws IOException, InterruptedException {
        var body = json.createObjectNode();
        body.putArray("parts").addObject().put("type", "text").put("text", text);
        body.putObject("agent").put("id", "first-light").put("name", "First light");
        body.put("expectedPosition", seen);
        String path = "/v1/conversations/" + conversation + "/interactions";
        return send("POST", path, body.toString(), 202);
    }

    private JsonNode send(String method, String path, String body, int expected)
            throws IOException, InterruptedException {
        var answer =
                http.send(
                        request(path)
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", UUID.randomUUID().toString())
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() != expected) {
            throw new IllegalStateException(
                    method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return json.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(member.resolve(path))
                .header("Authorization", "Bearer " + token);
    }

    private static void expect(int status, int wanted, String what) {
        if (status != wanted) {
            throw new IllegalStateException(what + " answered " + status);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
