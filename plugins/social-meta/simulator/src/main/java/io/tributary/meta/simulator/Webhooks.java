package io.tributary.meta.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Posts what happened, one after the other, with every letter beyond ASCII escaped and signed so.
/// What is not answered by 200 comes again.
final class Webhooks implements AutoCloseable {

    private static final JsonMapper ESCAPING =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final int MOST_ATTEMPTS = 5;

    private final Options options;
    private final ExecutorService posting = Executors.newSingleThreadExecutor();
    private final HttpClient http = HttpClient.newHttpClient();

    Webhooks(Options options) {
        this.options = options;
    }

    void post(JsonNode webhook) {
        var address = options.webhook();
        if (address != null) {
            var body = ESCAPING.writeValueAsBytes(webhook);
            posting.execute(() -> post(address, body));
        }
    }

    private void post(URI address, byte[] body) {
        var request =
                HttpRequest.newBuilder(address)
                        .header("content-type", "application/json")
                        .header("x-hub-signature-256", "sha256=" + signature(body))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException nobody) {
                // again
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private String signature(byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            var secret = options.appSecret().getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HMAC-SHA256", impossible);
        }
    }

    @Override
    public void close() {
        posting.shutdownNow();
        http.shutdownNow();
    }
}
