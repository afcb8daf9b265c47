package io.tributary.twilio;

import io.tributary.model.Bytes;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Fields;
import io.tributary.spi.Malformed;
import io.tributary.spi.Secret;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Opens what Twilio sends to one account's webhook door: says whether it is genuine and what is in
/// it.
///
/// Twilio calls by POST with a form, by GET with a query, and for some products by POST with JSON
/// whose SHA-256 stands in the query. Thread safe; on the way of every message, so it parses once
/// and signs once.
public final class SignedRequests {

    /// What was in it.
    public sealed interface Opened {

        /// Fields, of a form or of a query.
        ///
        /// @param body as they came
        /// @param signed whether the signature covers all of them; false: all but those that may be
        ///   added behind it
        record Form(Fields fields, Bytes body, boolean signed) implements Opened {}

        /// JSON.
        record Document(Bytes body) implements Opened {}

        /// Genuine and empty.
        record Nothing() implements Opened {}

        /// Not genuine, or none of ours.
        record Refused(WebhookVerdict.Refused verdict) implements Opened {}
    }

    /// The longest id that is taken for one.
    private static final int LONGEST_ID = 200;

    /// Webhooks without any id are rare (products that nobody here knows); Twilio repeats within 15
    /// s.
    private static final Duration REPEATED_WITHIN = Duration.ofMinutes(1);

    private static final String FORM_TYPE = "application/x-www-form-urlencoded";
    private static final String BODY_HASH = "bodySHA256";

    private final Signature signature;
    private final String accountSid;
    private final @Nullable String publicUrl;
    private final boolean wholeAddress;
    private final Set<String> addedLater;

    /// Opens requests of one account, all of whose fields are signed.
    ///
    /// @param publicUrl an origin, or the whole address of the webhook's door; null: the request
    ///   knows
    public SignedRequests(Secret authToken, String accountSid, @Nullable URI publicUrl) {
        this(authToken, accountSid, publicUrl, Set.of());
    }

    /// Opens requests of one account.
    ///
    /// @param addedLater names of fields that Twilio may add when it has signed already; they are
    ///   no proof of anything where it did
    public SignedRequests(
            Secret authToken, String accountSid, @Nullable URI publicUrl, Set<String> addedLater) {
        this.signature = new Signature(authToken);
        this.accountSid = accountSid;
        this.wholeAddress = publicUrl != null && publicUrl.getRawPath().length() > 1;
        this.publicUrl = publicUrl == null ? null : withoutLastSlash(publicUrl.toString());
        this.addedLater = Set.copyOf(addedLater);
    }

    /// The public address of a place behind the door.
    ///
    /// @param door what the host believes it to be
    /// @param path what follows the door
    public static String address(@Nullable URI publicUrl, URI door, String path) {
        if (publicUrl == null) {
            return door.toString();
        }
        var base = withoutLastSlash(publicUrl.toString());
        return base + (publicUrl.getRawPath().length() > 1 ? '/' + path : door.getRawPath());
    }

    private static String withoutLastSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /// Checks it and reads it.
    ///
    /// @throws Malformed it cannot be read
    public Opened open(WebhookRequest request) {
        var signatures = request.headers("x-twilio-signature");
        if (signatures.size() != 1) {
            return refused(
                    401,
                    signatures.isEmpty()
                            ? "X-Twilio-Signature is missing"
                            : "X-Twilio-Signature came more than once");
        }
        var given = signatures.getFirst();
        return switch (request.method()) {
            case "POST" ->
                    isForm(request.header("content-type"))
                            ? form(request, given)
                            : json(request, given);
            case "GET" -> query(request, given);
            default -> refused(405, "Twilio calls by POST or GET");
        };
    }

    private Opened form(WebhookRequest request, String given) {
        if (given.length() != Signature.LENGTH) {
            return forged();
        }
        var fields = request.form();
        var address = address(request);
        if (signature.signs(given, address, fields.all())) {
            return ours(fields, request.body(), true);
        }
        var earlier =
                fields.all().stream().filter(field -> !addedLater.contains(field.name())).toList();
        return earlier.size() < fields.all().size() && signature.signs(given, address, earlier)
                ? ours(fields, request.body(), false)
                : forged();
    }

    private Opened query(WebhookRequest request, String given) {
        if (!signature.signs(given, address(request), List.of())) {
            return forged();
        }
        var query = request.url().getRawQuery();
        return query == null
                ? new Opened.Nothing()
                : ours(request.query(), Bytes.utf8(query), true);
    }

    private Opened json(WebhookRequest request, String given) {
        var hash = request.query().first(BODY_HASH);
        if (hash == null) {
            return refused(415, "neither a form nor JSON with its hash");
        }
        return signature.signs(given, address(request), List.of())
                        && MessageDigest.isEqual(
                                sha256(request.body()), hash.getBytes(StandardCharsets.UTF_8))
                ? new Opened.Document(request.body())
                : forged();
    }

    private Opened ours(Fields fields, Bytes body, boolean signed) {
        var account = fields.first("AccountSid");
        return account == null || account.equals(accountSid)
                ? new Opened.Form(fields, body, signed)
                : refused(403, "signed, but for another AccountSid");
    }

    /// All attempts of one webhook carry the same token.
    public static Dedupe byToken(WebhookRequest request, Bytes body) {
        var token = request.header("i-twilio-idempotency-token");
        return token == null || token.isEmpty() || token.length() > LONGEST_ID
                ? Dedupe.print(body, REPEATED_WITHIN)
                : Dedupe.key("token " + token);
    }

    /// The same, if it is short enough to be an id.
    ///
    /// @throws Malformed it is not
    public static String bounded(String id) {
        if (id.length() > LONGEST_ID) {
            throw new Malformed("an id has " + id.length() + " characters");
        }
        return id;
    }

    /// What Twilio believes to have called: behind a proxy only the settings know.
    private String address(WebhookRequest request) {
        if (publicUrl == null) {
            return request.url().toString();
        }
        var query = request.url().getRawQuery();
        var address = publicUrl + (wholeAddress ? behind(request) : request.url().getRawPath());
        return query == null ? address : address + '?' + query;
    }

    private static String behind(WebhookRequest request) {
        return request.path().isEmpty() ? "" : '/' + request.path();
    }

    private static boolean isForm(@Nullable String type) {
        return type != null
                && type.regionMatches(true, 0, FORM_TYPE, 0, FORM_TYPE.length())
                && (type.length() == FORM_TYPE.length()
                        || type.charAt(FORM_TYPE.length()) == ';'
                        || type.charAt(FORM_TYPE.length()) == ' ');
    }

    private static byte[] sha256(Bytes body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(body.toArray());
            return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static Opened forged() {
        return refused(401, "X-Twilio-Signature does not fit: check authToken and publicUrl");
    }

    private static Opened refused(int status, String reason) {
        return new Opened.Refused(WebhookVerdict.refused(status, reason));
    }
}
