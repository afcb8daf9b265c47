package io.tributary.social.meta;

import io.tributary.model.Bytes;
import io.tributary.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// `X-Hub-Signature-256`: HMAC-SHA256 of the raw body with the app's secret
/// (https://developers.facebook.com/docs/graph-api/webhooks/getting-started#event-notifications).
///
/// Meta signs the bytes that it sends, in which every letter beyond ASCII is escaped (`\u00e4`):
/// who reads them and writes them again has another signature as soon as a text is not English.
final class Signature {

    static final String HEADER = "x-hub-signature-256";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "sha256=";

    private final List<Secret> secrets;

    /// @param secrets of any of which a signature may be: Instagram's own login has another app
    Signature(List<Secret> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    /// Compares in constant time.
    boolean signs(String given, Bytes body) {
        boolean signed = false;
        for (var secret : secrets) {
            signed |=
                    MessageDigest.isEqual(
                            of(secret, body).getBytes(StandardCharsets.UTF_8),
                            given.getBytes(StandardCharsets.UTF_8));
        }
        return signed;
    }

    private static String of(Secret secret, Bytes body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(
                    new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update(body.asBuffer());
            return PREFIX + HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HMAC-SHA256", impossible);
        }
    }
}
