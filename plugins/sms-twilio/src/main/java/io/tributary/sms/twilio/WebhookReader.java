package io.tributary.sms.twilio;

import io.tributary.model.Bytes;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Fields;
import io.tributary.spi.Malformed;
import io.tributary.spi.RawEvent;
import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says whether a webhook is genuine, what sort it is, and when another one is the same.
///
/// Twilio calls by POST with a form, by GET with a query, and for some products by POST with JSON
/// whose SHA-256 stands in the query. Thread safe; on the way of every message, so it parses once
/// and signs once.
final class WebhookReader {

    /// Kinds of raw events. They are stored: never change one.
    static final String MESSAGE = "message";

    static final String STATUS = "status";
    static final String FORM = "form";
    static final String JSON = "json";

    /// In the query of the status callback: the key of the send that it is about.
    static final String SEND = "send";

    private static final String FORM_TYPE = "application/x-www-form-urlencoded";
    private static final String BODY_HASH = "bodySHA256";
    private static final int LONGEST_ID = 200;

    /// Webhooks without any id are rare (products that this channel does not know); Twilio repeats
    /// within 15 s.
    private static final Duration REPEATED_WITHIN = Duration.ofMinutes(1);

    /// Anything else than TwiML or nothing raises Twilio's warning 12300.
    private static final WebhookReply NO_REPLY =
            WebhookReply.ok("text/xml; charset=utf-8", "<Response></Response>");

    private final Signature signature;
    private final String accountSid;
    private final @Nullable String publicUrl;
    private final boolean wholeAddress;

    /// Reads webhooks of one account.
    ///
    /// @param publicUrl an origin, or the whole address of the webhook's door; null: the request
    ///   knows
    WebhookReader(Signature signature, String accountSid, @Nullable URI publicUrl) {
        this.signature = signature;
        this.accountSid = accountSid;
        this.wholeAddress = publicUrl != null && publicUrl.getRawPath().length() > 1;
        this.publicUrl = publicUrl == null ? null : withoutLastSlash(publicUrl.toString());
    }

    private static String withoutLastSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /// Where status callbacks go, up to the key of the send.
    ///
    /// @param door what the host believes to be the address
    static String callback(@Nullable URI publicUrl, URI door) {
        String address;
        if (publicUrl == null) {
            address = door.toString();
        } else {
            var base = withoutLastSlash(publicUrl.toString());
            address = base + (publicUrl.getRawPath().length() > 1 ? "/status" : door.getRawPath());
        }
        return address + '?' + SEND + '=';
    }

    WebhookVerdict verify(WebhookRequest request) {
        var signatures = request.headers("x-twilio-signature");
        if (signatures.size() != 1) {
            return WebhookVerdict.refused(
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
            default -> WebhookVerdict.refused(405, "Twilio calls by POST or GET");
        };
    }

    private WebhookVerdict form(WebhookRequest request, String given) {
        if (given.length() != Signature.LENGTH) {
            return forged();
        }
        var fields = request.form();
        return signature.signs(given, address(request), fields.all())
                ? accept(request, request.body(), fields)
                : forged();
    }

    private WebhookVerdict query(WebhookRequest request, String given) {
        if (!signature.signs(given, address(request), List.of())) {
            return forged();
        }
        var query = request.url().getRawQuery();
        return query == null
                ? WebhookVerdict.answered(WebhookReply.EMPTY)
                : accept(request, Bytes.utf8(query), request.query());
    }

    private WebhookVerdict json(WebhookRequest request, String given) {
        var hash = request.query().first(BODY_HASH);
        if (hash == null) {
            return WebhookVerdict.refused(415, "neither a form nor JSON with its hash");
        }
        if (!signature.signs(given, address(request), List.of())
                || !MessageDigest.isEqual(
                        sha256(request.body()), hash.getBytes(StandardCharsets.UTF_8))) {
            return forged();
        }
        var event = RawEvent.of(JSON, request.body(), byToken(request, request.body()));
        return WebhookVerdict.accepted(Delivery.of(event));
    }

    private WebhookVerdict accept(WebhookRequest request, Bytes body, Fields fields) {
        var account = fields.first("AccountSid");
        if (account != null && !account.equals(accountSid)) {
            return WebhookVerdict.refused(403, "signed, but for another AccountSid");
        }
        var sid = messageSid(fields);
        if (sid == null) {
            var event = RawEvent.of(FORM, body, byToken(request, body));
            return WebhookVerdict.accepted(Delivery.of(event), NO_REPLY);
        }
        var status = Translation.status(fields);
        return status == null
                ? WebhookVerdict.accepted(
                        Delivery.of(RawEvent.of(MESSAGE, body, Dedupe.key(MESSAGE + ' ' + sid))),
                        NO_REPLY)
                : WebhookVerdict.accepted(
                        Delivery.of(statusEvent(request, body, fields, sid + ' ' + status)));
    }

    /// A status names itself: there is no time and no id of its own in it.
    private static RawEvent statusEvent(
            WebhookRequest request, Bytes body, Fields fields, String sidAndStatus) {
        var code = fields.first("ErrorCode");
        var key = STATUS + ' ' + sidAndStatus + ' ' + (code == null ? "" : code);
        var event = RawEvent.of(STATUS, body, Dedupe.key(bounded(key)));
        var send = request.query().first(SEND);
        return send == null || send.isEmpty() ? event : event.note(SEND, bounded(send));
    }

    private static @Nullable String messageSid(Fields fields) {
        var sid = fields.first("MessageSid");
        if (sid == null) {
            sid = fields.first("SmsSid");
        }
        return sid == null || sid.isEmpty() ? null : bounded(sid);
    }

    /// All attempts of one webhook carry the same token. A message needs it not: its own id is the
    /// same even where another address of ours is called about it.
    private static Dedupe byToken(WebhookRequest request, Bytes body) {
        var token = request.header("i-twilio-idempotency-token");
        return token == null || token.isEmpty() || token.length() > LONGEST_ID
                ? Dedupe.print(body, REPEATED_WITHIN)
                : Dedupe.key("token " + token);
    }

    private static String bounded(String id) {
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

    private static WebhookVerdict forged() {
        return WebhookVerdict.refused(
                "X-Twilio-Signature does not fit: check authToken and publicUrl");
    }
}
