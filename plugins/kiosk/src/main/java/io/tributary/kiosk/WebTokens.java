package io.tributary.kiosk;

import io.tributary.spi.Malformed;
import io.tributary.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// JSON Web Tokens with HS256 (RFC 7515, RFC 7519), and no other algorithm, whatever they say of
/// themselves.
final class WebTokens {

    private static final int LONGEST = 4_096;

    private WebTokens() {}

    /// What a token claims that one of the keys has signed; null where none has. Nothing of it is
    /// read before that.
    static @Nullable JsonNode claims(String token, List<Secret> keys) {
        int signed = token.lastIndexOf('.');
        int head = token.indexOf('.');
        if (token.length() > LONGEST || head == signed) {
            return null;
        }
        try {
            byte[] signature = decoded(token.substring(signed + 1));
            return isSigned(token.substring(0, signed), signature, keys)
                            && isHs256(json(token.substring(0, head)))
                    ? json(token.substring(head + 1, signed))
                    : null;
        } catch (IllegalArgumentException | Malformed broken) {
            return null;
        }
    }

    private static boolean isSigned(String text, byte[] signature, List<Secret> keys) {
        boolean genuine = false;
        for (var key : keys) {
            genuine |= MessageDigest.isEqual(signature, Hashes.hmac(key.reveal(), text));
        }
        return genuine;
    }

    private static boolean isHs256(JsonNode header) {
        return WireJson.text(header, "alg").equals("HS256") && !header.has("crit");
    }

    private static JsonNode json(String part) {
        return WireJson.object(new String(decoded(part), StandardCharsets.UTF_8));
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }
}
