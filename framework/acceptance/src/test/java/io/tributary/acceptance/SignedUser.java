package io.tributary.acceptance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a site's or app's own back end says of who is signed in there.
final class SignedUser {

    private SignedUser() {}

    /// A token for one account, good for ten minutes.
    static String token(String key, String account, String user) throws GeneralSecurityException {
        var claims =
                "{\"sub\":\"%s\",\"aud\":\"%s\",\"exp\":%d}"
                        .formatted(user, account, Instant.now().plusSeconds(600).getEpochSecond());
        var signed = encoded(bytes("{\"alg\":\"HS256\"}")) + "." + encoded(bytes(claims));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(bytes(key), "HmacSHA256"));
        return signed + "." + encoded(mac.doFinal(bytes(signed)));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
