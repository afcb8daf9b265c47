package io.tributary.twilio;

import io.tributary.spi.Fields.Field;
import io.tributary.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks `X-Twilio-Signature`: base64 of the HMAC-SHA1, by the auth token, of the address that was
/// called followed by each field's name and value, sorted by name
/// (https://www.twilio.com/docs/usage/security#validating-requests). Thread safe.
///
/// Of a field that is repeated each different value counts once, sorted. Twilio writes the port
/// into the address that it signs or leaves it out as it likes; both pass. The fragment is never
/// signed.
final class Signature {

    /// 20 bytes in base64.
    static final int LENGTH = 28;

    private static final String ALGORITHM = "HmacSHA1";
    private static final Comparator<Field> BY_NAME_AND_VALUE =
            (one, other) -> {
                int names = one.name().compareTo(other.name());
                return names != 0 ? names : one.value().compareTo(other.value());
            };

    /// Looking an algorithm up and setting its key costs more than to sign: it is done once and
    /// copied for each call.
    private final Mac keyed;

    Signature(Secret authToken) {
        try {
            var token = authToken.reveal().getBytes(StandardCharsets.UTF_8);
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(token, ALGORITHM));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java cannot sign by " + ALGORITHM, impossible);
        }
    }

    /// Whether Twilio signed this.
    ///
    /// @param given the header
    /// @param url the public address that was called, with its query
    /// @param fields of the form; none where the body is no form
    boolean signs(String given, String url, List<Field> fields) {
        if (given.length() != LENGTH) {
            return false;
        }
        var claimed = given.getBytes(StandardCharsets.ISO_8859_1);
        var text = signed(url, fields);
        return MessageDigest.isEqual(sign(text), claimed)
                || MessageDigest.isEqual(
                        sign(withOtherPort(url) + text.substring(url.length())), claimed);
    }

    private static String signed(String url, List<Field> fields) {
        if (fields.isEmpty()) {
            return url;
        }
        var sorted = fields.toArray(Field[]::new);
        Arrays.sort(sorted, BY_NAME_AND_VALUE);
        var text = new StringBuilder(1024).append(url);
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || !sorted[i].equals(sorted[i - 1])) {
                text.append(sorted[i].name()).append(sorted[i].value());
            }
        }
        return text.toString();
    }

    /// The same address without its port, or with the usual one if it had none.
    static String withOtherPort(String url) {
        int host = url.indexOf("://") + 3;
        int end = endOfAuthority(url, host);
        // An IPv6 address has colons of its own, inside brackets.
        int colon = url.lastIndexOf(':', end - 1);
        if (colon >= host && url.indexOf(']', colon) < 0) {
            return url.substring(0, colon) + url.substring(end);
        }
        var usual = url.startsWith("https:") ? ":443" : ":80";
        return url.substring(0, end) + usual + url.substring(end);
    }

    private static int endOfAuthority(String url, int from) {
        for (int i = from; i < url.length(); i++) {
            char next = url.charAt(i);
            if (next == '/' || next == '?') {
                return i;
            }
        }
        return url.length();
    }

    private byte[] sign(String text) {
        return Base64.getEncoder().encode(mac().doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Mac mac() {
        try {
            return (Mac) keyed.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the Mac of this Java cannot be copied", impossible);
        }
    }
}
