package io.tributary.kiosk;

import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.spi.Conversation;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.Frame;
import io.tributary.spi.OutboundMessage;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/// A kiosk as tests have it.
final class Sample {

    static final String FLEET_KEY = "a-fleet-key-that-nobody-guesses-0123456789";
    static final String IDENTITY_KEY = "an-identity-key-that-nobody-guesses-01234567";
    static final String DEVICE = "berlin-7";
    static final String SESSION = "s1";
    static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    static final String CLAIMS =
            "{\"sub\":\"berlin-7\",\"store\":\"berlin\",\"floor\":\"2\",\"exp\":1900000000}";

    private Sample() {}

    static TestSettings settings() {
        return TestSettings.NONE
                .withSecret("fleetKey", FLEET_KEY)
                .withSecret("identityKey", IDENTITY_KEY);
    }

    static String jwt(String header, String claims, String key) {
        var signed = encoded(header) + "." + encoded(claims);
        var signature = Base64.getUrlEncoder().withoutPadding();
        return signed + "." + signature.encodeToString(Hashes.hmac(key, signed));
    }

    static String encoded(String part) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(part.getBytes(StandardCharsets.UTF_8));
    }

    /// A kiosk of the fleet.
    static DeviceHandshake handshake() {
        return withToken(DEVICE, jwt(HS256, CLAIMS, FLEET_KEY));
    }

    static DeviceHandshake withToken(String device, String token) {
        return offering(device, Entrance.PROTOCOL, "token." + token);
    }

    static DeviceHandshake withCode(String code) {
        return offering("", Entrance.PROTOCOL, "code." + code);
    }

    static DeviceHandshake offering(String path, String... subprotocols) {
        return new DeviceHandshake(
                path, Map.of(), Map.of(), List.of(subprotocols), "127.0.0.1", null);
    }

    static List<Frame> call(String id, String action, ObjectNode payload) {
        return List.of(Frame.text(new Message.Call(id, action, payload).text()));
    }

    static ObjectNode inSession() {
        return WireJson.object().put("session", SESSION).put("at", "2026-01-01T11:59:30Z");
    }

    static List<Frame> says(String text) {
        return call(
                "e-" + Integer.toHexString(text.hashCode()), "Say", inSession().put("text", text));
    }

    static Message heard(Frame frame) {
        return MessageReader.read(((Frame.Text) frame).text());
    }

    /// A device that takes whatever it is told.
    static List<Frame> takes(Frame heard) {
        return heard(heard) instanceof Message.Call call
                ? List.of(Frame.text(new Message.Result(call.id(), WireJson.object()).text()))
                : List.of();
    }

    static Conversation conversation() {
        return Conversation.of(
                new ConversationId(new UUID(0x7000L, 1)),
                new KioskChannel().descriptor().id(),
                FakeHost.ACCOUNT,
                "berlin",
                DEVICE + "/" + SESSION);
    }

    static OutboundMessage message(String key, Instant now, Content content) {
        return OutboundMessage.of(
                key, new InteractionId(new UUID(0x7000L, 2)), conversation(), now, content);
    }
}
