package io.tributary.host.secrets;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Blanks known secrets out of any text, in the forms in which they get into texts: as they are,
/// percent-encoded, in base64, escaped for JSON. Thread safe.
///
/// One for the whole host: whatever one account's plugin writes, no account's secret is in it.
public final class Redactor {

    /// Shorter values would blank out half of every text; a channel's schema should not allow them.
    private static final int SHORTEST = 4;

    private static final String BLANK = "***";

    private final List<Held> held = new ArrayList<>();
    private volatile List<String> forms = List.of();

    /// Blanks these values out from now on, until the answer is closed.
    public Registration hold(Collection<String> secrets) {
        var mine = new Held(List.copyOf(secrets));
        synchronized (held) {
            held.add(mine);
            arrange();
        }
        return () -> {
            synchronized (held) {
                // Not `remove`: two accounts may hold equal secrets.
                held.removeIf(other -> other.equals(mine));
                arrange();
            }
        };
    }

    /// The text without secrets; the same object where there were none.
    public String redact(String text) {
        var redacted = text;
        for (var form : forms) {
            if (redacted.contains(form)) {
                redacted = redacted.replace(form, BLANK);
            }
        }
        return redacted;
    }

    /// Longer forms first, so that no part of one is left over by a shorter one inside it.
    private void arrange() {
        var all = new LinkedHashSet<String>();
        for (var some : held) {
            for (var secret : some.secrets) {
                if (secret.length() >= SHORTEST) {
                    addForms(secret, all);
                }
            }
        }
        forms = all.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    }

    private static void addForms(String secret, Set<String> all) {
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        all.add(secret);
        all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        all.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        all.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        all.add(
                secret.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t"));
    }

    /// Values that somebody holds. Compared by identity: equal ones may be held twice.
    private static final class Held {

        private final List<String> secrets;

        Held(List<String> secrets) {
            this.secrets = secrets;
        }
    }

    /// Secrets that are being blanked out.
    public interface Registration extends AutoCloseable {

        /// Stops blanking them out, unless somebody else holds them, too.
        @Override
        void close();
    }
}
