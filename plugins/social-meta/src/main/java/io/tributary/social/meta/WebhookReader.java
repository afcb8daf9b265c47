package io.tributary.social.meta;

import io.tributary.model.Bytes;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Malformed;
import io.tributary.spi.RawEvent;
import io.tributary.spi.Secret;
import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Says whether a webhook is genuine, takes it apart, and says when another update is the same.
///
/// Thread safe; on the way of every message.
final class WebhookReader {

    /// Longer ones are known by their digest.
    private static final int LONGEST_ID = 300;

    /// Meta repeats for up to seven days. What has neither id nor time (a number's quality has
    /// changed) may happen again in the same words.
    private static final Duration REPEATED_WITHIN = Duration.ofDays(1);

    /// It is sent back: nothing may be in it that a browser would run.
    private static final Pattern CHALLENGE = Pattern.compile("[0-9A-Za-z_.-]{1,200}");

    private final Signature signature;
    private final Secret verifyToken;
    private final Consumer<Update> seen;

    /// @param seen is shown every update; what it remembers may be lost
    WebhookReader(Signature signature, Secret verifyToken, Consumer<Update> seen) {
        this.signature = signature;
        this.verifyToken = verifyToken;
        this.seen = seen;
    }

    WebhookVerdict verify(WebhookRequest request) {
        return switch (request.method()) {
            case "GET" -> handshake(request);
            case "POST" -> post(request);
            default -> WebhookVerdict.refused(405, "Meta calls by GET and POST");
        };
    }

    ///
    /// (https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests)
    private WebhookVerdict handshake(WebhookRequest request) {
        var query = request.query();
        var challenge = query.first("hub.challenge");
        if (!verifyToken.matches(query.first("hub.verify_token"))) {
            return WebhookVerdict.refused(403, "hub.verify_token is not the verifyToken");
        }
        if (!"subscribe".equals(query.first("hub.mode"))
                || challenge == null
                || !CHALLENGE.matcher(challenge).matches()) {
            return WebhookVerdict.refused(400, "no challenge of Meta's form");
        }
        return WebhookVerdict.answered(WebhookReply.ok("text/plain; charset=utf-8", challenge));
    }

    private WebhookVerdict post(WebhookRequest request) {
        var signatures = request.headers(Signature.HEADER);
        if (signatures.size() != 1) {
            return WebhookVerdict.refused(
                    signatures.isEmpty()
                            ? "X-Hub-Signature-256 is missing"
                            : "X-Hub-Signature-256 comes more than once");
        }
        if (!signature.signs(signatures.getFirst(), request.body())) {
            return WebhookVerdict.refused("X-Hub-Signature-256 does not fit: check appSecret");
        }
        var updates = Surplus.folded(Splitter.split(request.body()), Delivery.MOST_EVENTS);
        updates.forEach(seen);
        var events = updates.stream().map(WebhookReader::event).toList();
        return WebhookVerdict.accepted(Delivery.of(events), new WebhookReply(200, "", Bytes.EMPTY));
    }

    private static RawEvent event(Update update) {
        return RawEvent.of(update.kind(), update.body(), dedupe(update)).notes(update.notes());
    }

    private static Dedupe dedupe(Update update) {
        return switch (update.kind()) {
            case Update.MESSAGE, Update.ECHO -> byId(update, "");
            case Update.STATUS ->
                    byId(
                            update,
                            ' '
                                    + update.head("status")
                                    + who(update.head("recipient_participant_id")));
            // the time in it, in milliseconds, makes it one of its kind
            case Update.MESSAGING -> messaging(update);
            case Update.PREFERENCE, Update.USER_ID, Update.HISTORY -> byDigest(update);
            default -> Dedupe.print(update.body(), REPEATED_WITHIN);
        };
    }

    private static String who(String participant) {
        return participant.isEmpty() ? "" : ' ' + participant;
    }

    private static Dedupe byId(Update update, String more) {
        var id = update.head("id") + more;
        return update.head("id").isEmpty() || id.length() > LONGEST_ID
                ? byDigest(update)
                : Dedupe.key(update.kind() + ' ' + id);
    }

    /// A message keeps its id in whatever words it is repeated; an app may hear of it both as the
    /// thread's owner and in standby.
    private static Dedupe messaging(Update update) {
        try {
            var message = JsonSource.read(update.body()).at("message");
            var mid = message.text("mid");
            return mid == null || mid.length() > LONGEST_ID || message.flag("is_deleted")
                    ? byDigest(update)
                    : Dedupe.key(Update.MESSAGING + ' ' + mid);
        } catch (Malformed unreadable) {
            return byDigest(update);
        }
    }

    private static Dedupe byDigest(Update update) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(update.body().toArray());
            return Dedupe.key(update.kind() + " sha256 " + HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
