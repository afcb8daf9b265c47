package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class MetaBatchesTest {

    private static final URI DOOR = URI.create("http://127.0.0.1:8080/channels/meta/webhook");

    @Test
    @DisplayName("each batch is signed, and no two messages have the same id")
    void batches() throws Exception {
        var batches = new MetaBatches(DOOR, 100, 1_000);
        var ids = new HashSet<String>();
        for (int i = 0; i < 2; i++) {
            String request = new String(batches.get(), StandardCharsets.US_ASCII);
            int end = request.indexOf("\r\n\r\n");
            String body = request.substring(end + 4);
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(
                            MetaBatches.APP_SECRET.getBytes(StandardCharsets.US_ASCII),
                            "HmacSHA256"));
            String signature =
                    HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.US_ASCII)));
            assertThat(request.substring(0, end))
                    .startsWith("POST /channels/meta/webhook HTTP/1.1\r\n")
                    .contains("X-Hub-Signature-256: sha256=" + signature)
                    .contains("Content-Length: " + body.length());
            JsonNode changes =
                    new JsonMapper().readTree(body).path("entry").path(0).path("changes");
            assertThat(changes).hasSize(1_000);
            changes.forEach(each ->
                    ids.add(each.path("value").path("messages").path(0).path("id").stringValue()));
        }
        assertThat(ids).hasSize(2_000);
    }
}
