package io.tributary.host.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Talks to a running member through its public interface.
final class Client implements AutoCloseable {

    static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(5))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
    private final URI member;
    private final String token;

    Client(URI member, String token) {
        this.member = member;
        this.token = token;
    }

    JsonNode get(String path) {
        return send("GET", path, null);
    }

    JsonNode post(String path, JsonNode body) {
        return send("POST", path, body);
    }

    JsonNode put(String path, JsonNode body) {
        return send("PUT", path, body);
    }

    void delete(String path) {
        send("DELETE", path, null);
    }

    /// Posts bytes that are no JSON, and waits longer for the answer.
    JsonNode upload(String path, String type, byte[] body) {
        return answered(
                request(path)
                        .timeout(Duration.ofMinutes(5))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body)));
    }

    private JsonNode send(String method, String path, @Nullable JsonNode body) {
        BodyPublisher publisher =
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
        HttpRequest.Builder request =
                request(path).timeout(Duration.ofSeconds(60)).method(method, publisher);
        if (body != null) {
            request.header("Content-Type", "application/json")
                    .header("Idempotency-Key", UUID.randomUUID().toString());
        }
        return answered(request);
    }

    private JsonNode answered(HttpRequest.Builder request) {
        HttpResponse<String> answer = exchange(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw Refused.as(answer.statusCode(), answer.body());
        }
        if (answer.body().isEmpty()) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException strange) {
            throw new CommandFailed(
                    Exit.UNAVAILABLE,
                    member + " answers, but not as a member does. Is --url right?");
        }
    }

    /// Opens the stream; close it to leave.
    InputStream stream(String path) {
        HttpResponse<InputStream> answer =
                exchange(
                        request(path).header("Accept", "text/event-stream").build(),
                        BodyHandlers.ofInputStream());
        if (answer.statusCode() >= 300) {
            try (InputStream body = answer.body()) {
                throw Refused.as(
                        answer.statusCode(),
                        new String(body.readNBytes(65_536), StandardCharsets.UTF_8));
            } catch (IOException cut) {
                throw unavailable(cut);
            }
        }
        return answer.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(member.resolve(path))
                .header("Authorization", "Bearer " + token);
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException broken) {
            throw unavailable(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(Exit.UNAVAILABLE, "Interrupted.");
        }
    }

    private CommandFailed unavailable(IOException broken) {
        String why =
                broken.getMessage() == null
                        ? broken.getClass().getSimpleName()
                        : broken.getMessage();
        return new CommandFailed(
                Exit.UNAVAILABLE,
                "No member answers at "
                        + member
                        + " ("
                        + why
                        + ").\nStart one with `tributary serve`, or say where it is: --url or TRIBUTARY_URL.");
    }

    static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
