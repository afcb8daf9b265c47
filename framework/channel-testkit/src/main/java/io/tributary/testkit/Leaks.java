package io.tributary.testkit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// Finds a secret in a text, however it was written down.
final class Leaks {

    /// Shorter ones are found anywhere.
    private static final int RECOGNISABLE = 4;

    private Leaks() {}

    static boolean in(String text, List<String> secrets) {
        var folded = text.toLowerCase(Locale.ROOT);
        return secrets.stream()
                .filter(secret -> secret.length() >= RECOGNISABLE)
                .flatMap(secret -> forms(secret).stream())
                .anyMatch(form -> folded.contains(form.toLowerCase(Locale.ROOT)));
    }

    private static List<String> forms(String secret) {
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        var forms = new ArrayList<String>();
        forms.add(secret);
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.add(HexFormat.of().formatHex(bytes));
        var json = JsonText.of(secret);
        forms.add(json.substring(1, json.length() - 1));
        for (int before = 0; before < 3; before++) {
            // In Base64 a secret looks like one of three, by what stands before it.
            var shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            int from = before == 0 ? 0 : before + 1;
            int to = shifted.length * 4 / 3;
            if (to - from >= RECOGNISABLE) {
                forms.add(Base64.getEncoder().encodeToString(shifted).substring(from, to));
                forms.add(Base64.getUrlEncoder().encodeToString(shifted).substring(from, to));
            }
        }
        return forms;
    }
}
