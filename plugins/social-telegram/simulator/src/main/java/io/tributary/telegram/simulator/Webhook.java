package io.tributary.telegram.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Where updates are posted to, one after the other, each until it is answered by a 2xx. Thread
/// safe.
final class Webhook {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private String url = "";
    private String secret = "";
    private String failure = "";

    synchronized void set(String address, String token) {
        url = address;
        secret = token;
        failure = "";
    }

    synchronized boolean isSet() {
        return !url.isEmpty();
    }

    synchronized ObjectNode info(int pending) {
        var info = JsonNodeFactory.instance.objectNode();
        info.put("url", url).put("has_custom_certificate", false);
        info.put("pending_update_count", pending);
        if (!failure.isEmpty()) {
            info.put("last_error_date", System.currentTimeMillis() / 1000);
            info.put("last_error_message", failure);
        }
        return info;
    }

    private synchronized @Nullable HttpRequest request(ObjectNode update) {
        if (url.isEmpty()) {
            return null;
        }
        var request =
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(PATIENCE)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(update.toString()));
        return secret.isEmpty()
                ? request.build()
                : request.header("X-Telegram-Bot-Api-Secret-Token", secret).build();
    }

    /// Posts one update.
    ///
    /// @return the method that the answer calls; an empty object where it calls none; null: it has
    ///   to be posted again
    @Nullable JsonNode post(ObjectNode update) throws InterruptedException {
        var request = request(update);
        if (request == null) {
            return null;
        }
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                failed("Wrong response from the webhook: " + answer.statusCode());
                return null;
            }
            return answer.body().isEmpty()
                    ? JsonNodeFactory.instance.objectNode()
                    : JSON.readTree(answer.body());
        } catch (IOException unreachable) {
            failed("Connection refused");
            return null;
        } catch (JacksonException noMethod) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private synchronized void failed(String how) {
        failure = how;
    }

    void close() {
        client.shutdownNow();
    }
}
