package io.tributary.wearables.mqtt;

import io.tributary.model.Bytes;
import io.tributary.spi.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The signature of Standard Webhooks
/// (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md):
/// Open mHealth has none of its own.
final class Signature {

    static final String ID = "webhook-id";
    static final String TIMESTAMP = "webhook-timestamp";
    static final String SIGNATURE = "webhook-signature";

    private static final String PREFIX = "whsec_";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int LONGEST = 1_024;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,12}");
    private static final Pattern ONE = Pattern.compile("v[0-9a-z]{1,8},[A-Za-z0-9+/=]{1,200}");

    private final byte[] key;

    /// @param secret `whsec_` and a key in Base64
    /// @throws IllegalArgumentException it is none
    Signature(String secret) {
        if (!secret.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a secret that does not begin with " + PREFIX);
        }
        this.key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        if (key.length == 0) {
            throw new IllegalArgumentException("a secret without a key");
        }
    }

    boolean isOf(WebhookRequest request) {
        var id = request.header(ID);
        var timestamp = request.header(TIMESTAMP);
        var given = request.header(SIGNATURE);
        if (id == null || timestamp == null || given == null || given.length() > LONGEST) {
            return false;
        }
        return isFresh(timestamp, request.receivedAt())
                && matches(given, of(id, timestamp, request.body()));
    }

    private static boolean isFresh(String timestamp, Instant now) {
        if (!DIGITS.matcher(timestamp).matches()) {
            return false;
        }
        try {
            var time = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return Duration.between(time, now).abs().compareTo(TOLERANCE) <= 0;
        } catch (DateTimeException | ArithmeticException never) {
            return false;
        }
    }

    /// Several stand there while a key is changed; whatever else stands there is none.
    private static boolean matches(String given, String expected) {
        boolean found = false;
        for (var one : given.split(" ", -1)) {
            if (!ONE.matcher(one).matches()) {
                return false;
            }
            found |=
                    MessageDigest.isEqual(
                            one.getBytes(StandardCharsets.US_ASCII),
                            expected.getBytes(StandardCharsets.US_ASCII));
        }
        return found;
    }

    /// The signature of a body.
    String of(String id, String timestamp, Bytes body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            mac.update(body.asBuffer());
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }
}
