package io.tributary.samples.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks members over their API, as operators and agent apps do. Thread safe.
final class Operator implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private final String token;

    Operator(String token) {
        this.token = token;
    }

    JsonNode get(URI base, String path) throws IOException, InterruptedException {
        return json(send(request(base, path).GET()), "GET " + path);
    }

    /// Like [#get], and empty JSON where there is no such thing.
    JsonNode find(URI base, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request(base, path).GET());
        return answer.statusCode() == 404 ? JSON.createObjectNode() : json(answer, "GET " + path);
    }

    JsonNode put(URI base, String path, String body) throws IOException, InterruptedException {
        return json(
                send(
                        request(base, path)
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString(body))),
                "PUT " + path);
    }

    JsonNode post(URI base, String path, String body) throws IOException, InterruptedException {
        return post(base, path, "application/json", BodyPublishers.ofString(body));
    }

    JsonNode upload(URI base, String path, Path jar) throws IOException, InterruptedException {
        return post(base, path, "application/java-archive", BodyPublishers.ofFile(jar));
    }

    private JsonNode post(URI base, String path, String type, BodyPublisher body)
            throws IOException, InterruptedException {
        return json(
                send(
                        request(base, path)
                                .header("Content-Type", type)
                                .header("Idempotency-Key", UUID.randomUUID().toString())
                                .POST(body)),
                "POST " + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(URI base, String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
    }

    private static JsonNode json(HttpResponse<String> answer, String what) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    what
                            + " at "
                            + answer.uri().getAuthority()
                            + " answered "
                            + answer.statusCode()
                            + ": "
                            + answer.body());
        }
        return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
