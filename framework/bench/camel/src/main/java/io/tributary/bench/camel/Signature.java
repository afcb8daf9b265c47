package io.tributary.bench.camel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks `X-Twilio-Signature`: HMAC-SHA1 over the public URL and the form's parameters, sorted by
/// name, a repeated one with each different value once. Thread safe.
final class Signature {

    private static final String ALGORITHM = "HmacSHA1";

    private final String publicUrl;
    private final SecretKeySpec key;
    private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(this::mac);

    /// @param publicUrl what stands before the path, as the provider knows it
    Signature(String publicUrl, String token) {
        this.publicUrl = publicUrl;
        this.key = new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    boolean signs(String path, Map<String, Object> form, String given) {
        if (given == null) {
            return false;
        }
        var text = new StringBuilder(1024).append(publicUrl).append(path);
        new TreeMap<>(form)
                .forEach((name, value) -> {
                    if (value instanceof List<?> several) {
                        new TreeSet<>(several).forEach(each -> text.append(name).append(each));
                    } else {
                        text.append(name).append(value);
                    }
                });
        byte[] computed = macs.get().doFinal(text.toString().getBytes(StandardCharsets.UTF_8));
        byte[] expected = Base64.getEncoder().encode(computed);
        return MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.US_ASCII));
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
