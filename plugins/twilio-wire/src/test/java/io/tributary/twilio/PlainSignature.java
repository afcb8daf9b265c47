package io.tributary.twilio;

import io.tributary.spi.Fields;
import io.tributary.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Signs as Twilio does, by a second, plain reading of Twilio's rules.
public final class PlainSignature {

    private PlainSignature() {}

    /// The header for a request.
    public static String of(String token, String url, Fields form) {
        var values = new TreeMap<String, TreeSet<String>>();
        for (var field : form.all()) {
            values.computeIfAbsent(field.name(), _ -> new TreeSet<>()).add(field.value());
        }
        var text = new StringBuilder(url);
        values.forEach((name, all) -> all.forEach(value -> text.append(name).append(value)));
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// A secret that is this.
    public static Secret secret(String value) {
        return new Secret() {
            @Override
            public String reveal() {
                return value;
            }

            @Override
            public boolean matches(@Nullable String given) {
                return value.equals(given);
            }
        };
    }
}
