package io.tributary.webchat;

import io.tributary.model.Json;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.Frame;
import io.tributary.testkit.TestSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A site, a visitor and a signed-in user of it.
final class Sample {

    static final String ORIGIN = "https://www.example.com";
    static final String LINE = "www.example.com";
    static final String KEY = "a-key-of-the-site-that-is-long-enough";
    static final String SECRET = "0123456789012345678901234567890123456789012";
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private Sample() {}

    static TestSettings settings() {
        return TestSettings.NONE
                .with("origins", List.of(ORIGIN, "https://*.shop.example"))
                .withSecret("identityKey", KEY)
                .with(
                        "rates",
                        TestSettings.NONE.with("connections", 10_000).with("messages", 1_000));
    }

    static DeviceHandshake handshake(String... more) {
        return handshake(ORIGIN, protocols(more));
    }

    static DeviceHandshake handshake(String origin, List<String> protocols) {
        return new DeviceHandshake(
                "",
                Map.of("lang", "de", "after", ""),
                Map.of("origin", List.of(origin)),
                protocols,
                "192.0.2.7",
                null);
    }

    /// Of a visitor with a secret.
    static List<String> protocols(String... more) {
        var protocols = new ArrayList<>(List.of(Admission.PROTOCOL, "visitor." + SECRET));
        protocols.addAll(List.of(more));
        return protocols;
    }

    /// A token for the account under test.
    static String token(String claims) {
        return token("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims, KEY, "HmacSHA256");
    }

    static String token(String header, String claims, String key, String algorithm) {
        var signed = encoded(header) + "." + encoded(claims);
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return signed
                    + "."
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(
                                    mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /// Claims that hold for a quarter of an hour.
    static String claims(String account, String more) {
        return "{\"sub\":\"u-17\",\"aud\":\"%s\",\"exp\":%d%s}"
                .formatted(account, NOW.plusSeconds(900).getEpochSecond(), more);
    }

    static Frame say(String id, String text) {
        return Frame.text(
                "{\"t\":\"say\",\"id\":\"%s\",\"text\":%s}"
                        .formatted(id, Json.string(text).text()));
    }
}
