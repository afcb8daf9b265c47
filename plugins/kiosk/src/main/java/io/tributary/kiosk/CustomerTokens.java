package io.tributary.kiosk;

import io.tributary.spi.Malformed;
import io.tributary.spi.Secret;
import io.tributary.spi.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Tokens by which the company's own site or app says who it is that checks in, such as in a code
/// that it shows on a phone: for one account (`aud`), and not for long (`exp`), as web chats take
/// them.
final class CustomerTokens {

    /// Any of which may have signed: so that one can be changed for another.
    static final List<String> KEYS = List.of("identityKey", "formerIdentityKey");

    private static final Duration LEEWAY = Duration.ofMinutes(1);
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);

    private final String account;
    private final List<Secret> keys;

    /// @param account for whom tokens have to be
    CustomerTokens(String account, Settings settings) {
        this.account = account;
        var all = new ArrayList<Secret>();
        for (var key : KEYS) {
            if (settings.has(key)) {
                all.add(settings.secret(key));
            }
        }
        this.keys = List.copyOf(all);
    }

    /// Whom a token vouches for.
    ///
    /// @param shown when the customer showed it
    /// @return null: it is not genuine, not for this account, or was not good then
    @Nullable Person person(String token, Instant shown) {
        var claims = WebTokens.claims(token, keys);
        try {
            return claims != null && holds(claims, shown) ? Person.of(claims) : null;
        } catch (Malformed nobody) {
            return null;
        }
    }

    private boolean holds(JsonNode claims, Instant shown) {
        long now = shown.getEpochSecond();
        long leeway = LEEWAY.toSeconds();
        var until = claims.path("exp");
        var from = claims.path("nbf");
        long ends = until.isIntegralNumber() ? until.asLong(0) : 0;
        boolean begun =
                from.isMissingNode()
                        || (from.isNumber() && from.asLong(Long.MAX_VALUE) <= now + leeway);
        return begun
                && ends > now - leeway
                && ends <= now + leeway + LONGEST_LIFE.toSeconds()
                && isForUs(claims.path("aud"));
    }

    private boolean isForUs(JsonNode audience) {
        return audience.isArray() ? audience.valueStream().anyMatch(this::isUs) : isUs(audience);
    }

    private boolean isUs(JsonNode audience) {
        return audience.isString() && audience.asString().equals(account);
    }
}
