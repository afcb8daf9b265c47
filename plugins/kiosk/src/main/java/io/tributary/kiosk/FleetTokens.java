package io.tributary.kiosk;

import io.tributary.spi.Malformed;
import io.tributary.spi.Settings;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Tokens that the company's device management signs by a key of the settings, so that nobody types
/// codes into hundreds of kiosks: JSON Web Tokens with HS256 (RFC 7515, RFC 7519), and no other
/// algorithm, whatever they say of themselves.
final class FleetTokens {

    /// The last second that an instant can be.
    private static final long LAST = Instant.MAX.getEpochSecond();

    /// What a registration by such a token is known by: the token is checked anew each time.
    static final String PROOF = "fleet";

    private static final String KEY = "fleetKey";
    private static final int LONGEST = 4_096;

    private final Settings settings;

    FleetTokens(Settings settings) {
        this.settings = settings;
    }

    /// A JSON Web Token has three parts; a device's own token has no dots.
    static boolean isOne(String token) {
        return token.indexOf('.') >= 0;
    }

    /// What the token vouches for; null where that is nothing, or not now.
    @Nullable Registration registration(String token, Instant now) {
        int signed = token.lastIndexOf('.');
        int head = token.indexOf('.');
        if (!settings.has(KEY) || token.length() > LONGEST || head == signed) {
            return null;
        }
        try {
            byte[] signature = decoded(token.substring(signed + 1));
            byte[] right = Hashes.hmac(settings.secret(KEY).reveal(), token.substring(0, signed));
            if (!MessageDigest.isEqual(signature, right)) {
                return null;
            }
            return isHs256(json(token.substring(0, head)))
                    ? registration(json(token.substring(head + 1, signed)), now)
                    : null;
        } catch (IllegalArgumentException | Malformed broken) {
            return null;
        }
    }

    private static boolean isHs256(JsonNode header) {
        return WireJson.text(header, "alg").equals("HS256") && !header.has("crit");
    }

    private static @Nullable Registration registration(JsonNode claims, Instant now) {
        var until = claims.path("exp");
        var from = claims.path("nbf");
        boolean holds =
                (until.isMissingNode()
                                || (until.isNumber() && until.asLong(0) > now.getEpochSecond()))
                        && (from.isMissingNode()
                                || (from.isNumber()
                                        && from.asLong(Long.MAX_VALUE) <= now.getEpochSecond()));
        return holds ? new Registration(place(claims), PROOF, end(until)) : null;
    }

    private static Instant end(JsonNode until) {
        return until.isMissingNode()
                ? Instant.MAX
                : Instant.ofEpochSecond(Math.min(LAST, until.asLong(0)));
    }

    private static Place place(JsonNode claims) {
        return new Place(
                WireJson.need(claims, "sub"),
                WireJson.need(claims, "store"),
                WireJson.text(claims, "floor"),
                WireJson.text(claims, "name"));
    }

    private static JsonNode json(String part) {
        return WireJson.object(new String(decoded(part), java.nio.charset.StandardCharsets.UTF_8));
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }
}
