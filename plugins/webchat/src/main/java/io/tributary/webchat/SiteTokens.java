package io.tributary.webchat;

import io.tributary.spi.Malformed;
import io.tributary.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Checks what the site's own server says of who is signed in there: a JWT (RFC 7519), signed with
/// HMAC-SHA-256 and a key that the site and the account share.
///
/// There is one algorithm, whatever the token says; it is for one account (`aud`) and ends (`exp`).
final class SiteTokens {

    private static final Duration LEEWAY = Duration.ofMinutes(1);
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final int LONGEST = 4_096;
    private static final int LONGEST_TEXT = 200;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,190}");
    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");

    private final String account;
    private final List<Secret> keys;

    /// @param account for whom tokens have to be
    /// @param keys any of which may have signed them; empty: the site vouches for nobody
    SiteTokens(String account, List<Secret> keys) {
        this.account = account;
        this.keys = List.copyOf(keys);
    }

    /// Who is signed in, by the claims of OpenID Connect Core 1.0, section 5.1.
    ///
    /// @param id what the site calls them, for good
    /// @param phone in E.164
    record User(
            String id,
            @Nullable String name,
            @Nullable String email,
            boolean emailVerified,
            @Nullable String phone,
            boolean phoneVerified) {

        /// Nothing of it: all of it is personal.
        @Override
        public String toString() {
            return "User[]";
        }
    }

    /// What a genuine token says.
    ///
    /// @param ended whether it may have ended meanwhile: of a socket that was opened before
    /// @return null: it is not genuine, not for us, or has ended
    @Nullable User user(String token, Instant now, boolean ended) {
        String[] parts = token.length() > LONGEST ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3 || !isSigned(parts)) {
            return null;
        }
        try {
            var header = StrictJson.object(decoded(parts[0]));
            var claims = StrictJson.object(decoded(parts[1]));
            return isUnderstood(header) && holds(claims, now, ended) ? user(claims) : null;
        } catch (Malformed | IllegalArgumentException unreadable) {
            return null;
        }
    }

    /// What was signed is what stands there, so nothing is read before this.
    private boolean isSigned(String[] parts) {
        byte[] given;
        try {
            given = Base64.getUrlDecoder().decode(parts[2]);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8);
        boolean genuine = false;
        for (var key : keys) {
            genuine |= MessageDigest.isEqual(mac(key, signed), given);
        }
        return genuine;
    }

    /// What is critical in a header has to be understood (RFC 7515, section 4.1.11), and nothing of
    /// that is.
    private static boolean isUnderstood(Members header) {
        return "HS256".equals(header.text("alg", 10)) && !header.json().has("crit");
    }

    private static byte[] mac(Secret key, byte[] text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private boolean holds(Members claims, Instant now, boolean mayHaveEnded) {
        Instant ends = second(claims.number("exp"));
        Instant begins = second(claims.number("nbf"));
        boolean lasts =
                mayHaveEnded
                        || (now.isBefore(ends.plus(LEEWAY))
                                && ends.isBefore(now.plus(LONGEST_LIFE).plus(LEEWAY)));
        return lasts && !now.isBefore(begins.minus(LEEWAY)) && isForUs(claims.json().get("aud"));
    }

    /// What lies beyond all calendars is only very late.
    private static Instant second(long number) {
        return Instant.ofEpochSecond(Math.min(number, LAST_SECOND));
    }

    private boolean isForUs(@Nullable JsonNode audience) {
        if (audience == null) {
            return false;
        }
        return audience.isArray() ? audience.valueStream().anyMatch(this::isUs) : isUs(audience);
    }

    private boolean isUs(JsonNode audience) {
        return audience.isString() && audience.stringValue().equals(account);
    }

    private static User user(Members claims) {
        var email = claims.optional("email", LONGEST_TEXT);
        var phone = claims.optional("phone_number", LONGEST_TEXT);
        return new User(
                claims.filled("sub", LONGEST_TEXT),
                claims.optional("name", LONGEST_TEXT),
                email != null && isEmail(email) ? email.toLowerCase(Locale.ROOT) : null,
                claims.flag("email_verified"),
                phone != null && isPhone(phone) ? phone : null,
                claims.flag("phone_number_verified"));
    }

    static boolean isEmail(String text) {
        return text.length() <= LONGEST_TEXT && EMAIL.matcher(text).matches();
    }

    static boolean isPhone(String text) {
        return PHONE.matcher(text).matches();
    }
}
