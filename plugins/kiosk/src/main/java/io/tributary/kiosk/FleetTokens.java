package io.tributary.kiosk;

import io.tributary.spi.Malformed;
import io.tributary.spi.Settings;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Tokens that the company's device management signs by a key of the settings, so that nobody types
/// codes into hundreds of kiosks.
final class FleetTokens {

    /// The last second that an instant can be.
    private static final long LAST = Instant.MAX.getEpochSecond();

    /// What a registration by such a token is known by: the token is checked anew each time.
    static final String PROOF = "fleet";

    private static final String KEY = "fleetKey";

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
        if (!settings.has(KEY)) {
            return null;
        }
        var claims = WebTokens.claims(token, List.of(settings.secret(KEY)));
        try {
            return claims == null ? null : registration(claims, now);
        } catch (IllegalArgumentException | Malformed nowhere) {
            return null;
        }
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
}
