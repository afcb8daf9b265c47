package io.tributary.host.command;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A dead letter's payload as a person can read it: what is base64 on the wire is opened where
/// there is text in it.
final class Payload {

    private Payload() {}

    /// The same dead letter with its payload as JSON, and the body in that as text.
    static JsonNode readable(JsonNode letter) {
        if (letter.deepCopy() instanceof ObjectNode shown) {
            text(shown.path("payload"))
                    .map(Payload::json)
                    .ifPresent(payload -> {
                        if (payload.path("event") instanceof ObjectNode event) {
                            text(event.path("body")).ifPresent(body -> event.put("body", body));
                        }
                        shown.set("payload", payload);
                    });
            return shown;
        }
        return letter;
    }

    private static JsonNode json(String text) {
        try {
            return Client.JSON.readTree(text);
        } catch (JacksonException plain) {
            return Client.JSON.getNodeFactory().stringNode(text);
        }
    }

    private static Optional<String> text(JsonNode base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.asString(""));
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (IllegalArgumentException | CharacterCodingException bytes) {
            return Optional.empty();
        }
    }
}
