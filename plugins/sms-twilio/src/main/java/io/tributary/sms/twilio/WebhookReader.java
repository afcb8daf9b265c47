package io.tributary.sms.twilio;

import io.tributary.model.Bytes;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Fields;
import io.tributary.spi.RawEvent;
import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import io.tributary.twilio.SignedRequests;
import io.tributary.twilio.SignedRequests.Opened;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Says what sort a genuine webhook is, and when another one is the same. Thread safe.
final class WebhookReader {

    /// Kinds of raw events. They are stored: never change one.
    static final String MESSAGE = "message";

    static final String STATUS = "status";
    static final String FORM = "form";
    static final String JSON = "json";

    /// In the query of the status callback: the key of the send that it is about.
    static final String SEND = "send";

    /// Anything else than TwiML or nothing raises Twilio's warning 12300.
    private static final WebhookReply NO_REPLY =
            WebhookReply.ok("text/xml; charset=utf-8", "<Response></Response>");

    private final SignedRequests requests;

    WebhookReader(SignedRequests requests) {
        this.requests = requests;
    }

    /// Where status callbacks go, up to the key of the send.
    ///
    /// @param door what the host believes to be the address
    static String callback(@Nullable URI publicUrl, URI door) {
        return SignedRequests.address(publicUrl, door, "status") + '?' + SEND + '=';
    }

    WebhookVerdict verify(WebhookRequest request) {
        return switch (requests.open(request)) {
            case Opened.Refused refused -> refused.verdict();
            case Opened.Nothing _ -> WebhookVerdict.answered(WebhookReply.EMPTY);
            case Opened.Document json ->
                    WebhookVerdict.accepted(
                            Delivery.of(
                                    RawEvent.of(
                                            JSON,
                                            json.body(),
                                            SignedRequests.byToken(request, json.body()))));
            case Opened.Form form -> accept(request, form.body(), form.fields());
        };
    }

    private WebhookVerdict accept(WebhookRequest request, Bytes body, Fields fields) {
        var sid = messageSid(fields);
        if (sid == null) {
            // A message needs no token: its own id is the same even where another address of ours
            // is called about it.
            var event = RawEvent.of(FORM, body, SignedRequests.byToken(request, body));
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
        var event = RawEvent.of(STATUS, body, Dedupe.key(SignedRequests.bounded(key)));
        var send = request.query().first(SEND);
        return send == null || send.isEmpty()
                ? event
                : event.note(SEND, SignedRequests.bounded(send));
    }

    private static @Nullable String messageSid(Fields fields) {
        var sid = fields.first("MessageSid");
        if (sid == null) {
            sid = fields.first("SmsSid");
        }
        return sid == null || sid.isEmpty() ? null : SignedRequests.bounded(sid);
    }
}
