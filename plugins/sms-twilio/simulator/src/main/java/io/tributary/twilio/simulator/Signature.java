package io.tributary.twilio.simulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs as Twilio does: HMAC-SHA1 over the address without its fragment, then each field's name
/// and value, sorted by name; of a repeated field each different value once, sorted.
///
/// Written the plain way on purpose: plugins are checked against it.
final class Signature {

    private Signature() {}

    static String of(String authToken, URI url, Form form) {
        var values = new TreeMap<String, TreeSet<String>>();
        for (var field : form.fields()) {
            values.computeIfAbsent(field.name(), _ -> new TreeSet<>()).add(field.value());
        }
        var signed = new StringBuilder(withoutFragment(url.toString()));
        values.forEach((name, all) -> all.forEach(value -> signed.append(name).append(value)));
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            var digest = mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA1", impossible);
        }
    }

    static String withoutFragment(String url) {
        int hash = url.indexOf('#');
        return hash < 0 ? url : url.substring(0, hash);
    }
}
