package io.tributary.voice.twilio;

import static io.tributary.twilio.SignedRequests.bounded;

import io.tributary.model.Bytes;
import io.tributary.spi.Delivery;
import io.tributary.spi.Fields;
import io.tributary.spi.RawEvent;
import io.tributary.spi.State;
import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import io.tributary.twilio.JsonReader;
import io.tributary.twilio.SignedRequests;
import io.tributary.twilio.SignedRequests.Opened;

/// Says what sort a genuine webhook is, when another one is the same, and what Twilio is to do
/// next. Thread safe.
final class WebhookReader {

    /// Kinds of raw events. They are stored: never change one.
    static final String RINGING = "ringing";

    static final String STATUS = "status";
    static final String LEG = "leg";
    static final String DIALLED = "dialled";
    static final String HELD = "held";
    static final String LEFT = "left";
    static final String BRIDGED = "bridged";
    static final String CALL_BACK = "callback";
    static final String RECORDING = "recording";
    static final String WORDS = "words";
    static final String SPEECH = "speech";
    static final String FORM = "form";
    static final String JSON = "json";

    private final SignedRequests requests;
    private final CallFlow flow;
    private final LiveCalls calls;

    WebhookReader(SignedRequests requests, CallFlow flow, LiveCalls calls) {
        this.requests = requests;
        this.flow = flow;
        this.calls = calls;
    }

    WebhookVerdict verify(WebhookRequest request) {
        return switch (requests.open(request)) {
            case Opened.Refused refused -> refused.verdict();
            case Opened.Nothing _ -> WebhookVerdict.answered(WebhookReply.EMPTY);
            case Opened.Document json -> unknown(request, JSON, json.body());
            case Opened.Form form -> read(request, form);
        };
    }

    private WebhookVerdict read(WebhookRequest request, Opened.Form form) {
        var fields = form.fields();
        var sid = fields.first("CallSid");
        if (sid == null || sid.isEmpty()) {
            return unknown(request, FORM, form.body());
        }
        var about = new About(bounded(sid), fields, form.body(), request.query(), form.signed());
        return switch (request.path()) {
            case "" -> fields.first("CallbackSource") == null ? begins(about) : status(about);
            case Callbacks.STATUS -> status(about);
            case Callbacks.LEG -> leg(about);
            case Callbacks.DIALLED -> dialled(about);
            case Callbacks.WAIT -> answer(waiting(fields));
            case Callbacks.HOLD -> held(about);
            case Callbacks.LEFT -> left(about);
            case Callbacks.KEY -> key(about);
            case Callbacks.RECORDED -> answer(flow.over());
            case Callbacks.RECORDING -> recording(about);
            case Callbacks.WORDS -> words(about);
            case Callbacks.SPEECH -> speech(about);
            default -> unknown(request, FORM, form.body());
        };
    }

    /// Twilio asks what to do. Usually a call begins so; but one may also come back here, or from
    /// another service of Twilio's, when it has been answered.
    private WebhookVerdict begins(About about) {
        var status = about.fields().need("CallStatus");
        boolean inbound = "inbound".equals(about.fields().first("Direction"));
        boolean over = status.equals("completed") || Progress.reason(status) != null;
        return inbound && !over
                ? ringing(about)
                : WebhookVerdict.accepted(Delivery.of(progress(about)), reply(incoming(about)));
    }

    /// The interaction is durable, and on its way to agents, before Twilio hears what to do.
    private WebhookVerdict ringing(About about) {
        var ends = Ends.of(about.fields(), false);
        var delivery =
                Delivery.of(about.event(RINGING, about.callSid()))
                        .state(
                                LiveCalls.began(
                                        about.callSid(), ends.line(), ends.party().address()));
        return WebhookVerdict.accepted(delivery, reply(incoming(about)));
    }

    private Twiml incoming(About about) {
        var ends = Ends.of(about.fields(), false);
        return flow.incoming(ends.line(), ends.party().address());
    }

    private static WebhookVerdict status(About about) {
        return accepted(progress(about));
    }

    private static RawEvent progress(About about) {
        var status = about.fields().need("CallStatus");
        return about.event(STATUS, about.callSid() + ' ' + status);
    }

    private static WebhookVerdict leg(About about) {
        var status = about.fields().need("CallStatus");
        var as = value(about.query(), Callbacks.AS);
        var delivery = Delivery.of(about.event(LEG, about.callSid() + ' ' + status + ' ' + as));
        return WebhookVerdict.accepted(
                as.equals(Callbacks.CUSTOMER) ? delivery.state(agents(about.fields())) : delivery);
    }

    /// Who is on the call that an agent was called by, also if the answer to the order was lost.
    private static State.Change agents(Fields leg) {
        var ends = Ends.of(leg, false);
        return LiveCalls.beganWithAgent(
                bounded(leg.need("ParentCallSid")), ends.line(), ends.party().address());
    }

    /// An agent who was called first and did not reach the customer is not put into the queue. That
    /// an agent who was rung by an order does not answer is kept: the order has failed.
    private WebhookVerdict dialled(About about) {
        if (value(about.query(), Callbacks.AS).equals(Callbacks.AGENT)) {
            return answer(flow.over());
        }
        var status = value(about.fields(), "DialCallStatus");
        var send = value(about.query(), Callbacks.SEND);
        var reply = reply(flow.afterDialling(status));
        return send.isEmpty() || Progress.reason(status) == null
                ? WebhookVerdict.answered(reply)
                : WebhookVerdict.accepted(
                        Delivery.of(about.event(DIALLED, about.callSid() + ' ' + send)), reply);
    }

    private Twiml waiting(Fields fields) {
        var time = Times.seconds(fields.first("QueueTime"));
        return flow.waiting(time == null ? 0 : time.toSeconds(), Ends.isHidden(fields));
    }

    /// Twilio asks again and again what is to be heard; the order is held once.
    private WebhookVerdict held(About about) {
        var send = value(about.query(), Callbacks.SEND);
        return WebhookVerdict.accepted(
                Delivery.of(about.event(HELD, about.callSid() + ' ' + send)), reply(flow.onHold()));
    }

    private WebhookVerdict left(About about) {
        var result = value(about.fields(), "QueueResult");
        var send = value(about.query(), Callbacks.SEND);
        var reply = reply(flow.afterQueue(result));
        if (result.equals("bridged")) {
            var queue = value(about.fields(), "QueueSid");
            var bridged = about.event(BRIDGED, about.callSid() + ' ' + queue);
            return WebhookVerdict.accepted(Delivery.of(bridged), reply);
        }
        if (!send.isEmpty() && Progress.notHeld(result) != null) {
            var failed = about.event(LEFT, about.callSid() + ' ' + send);
            return WebhookVerdict.accepted(Delivery.of(failed), reply);
        }
        return WebhookVerdict.answered(reply);
    }

    private WebhookVerdict key(About about) {
        var digits = about.fields().first("Digits");
        var reply = reply(flow.keyPressed(digits));
        return flow.asksForCallBack(digits)
                ? WebhookVerdict.accepted(
                        Delivery.of(about.event(CALL_BACK, about.callSid())), reply)
                : WebhookVerdict.answered(reply);
    }

    private static WebhookVerdict recording(About about) {
        var sid = about.fields().need("RecordingSid");
        var status = about.fields().need("RecordingStatus");
        return accepted(about.event(RECORDING, sid + ' ' + status));
    }

    private static WebhookVerdict words(About about) {
        var sid = about.fields().need("TranscriptionSid");
        var status = about.fields().need("TranscriptionStatus");
        return accepted(about.event(WORDS, sid + ' ' + status));
    }

    /// What may still change is shown and not kept.
    private WebhookVerdict speech(About about) {
        var fields = about.fields();
        var event = fields.need("TranscriptionEvent");
        if (event.equals("transcription-content") && "false".equals(fields.first("Final"))) {
            return interim(about);
        }
        var key =
                String.join(
                        " ",
                        value(fields, "TranscriptionSid"),
                        event,
                        value(fields, "SequenceId"),
                        value(fields, "Track"));
        return accepted(about.event(SPEECH, key));
    }

    private WebhookVerdict interim(About about) {
        var data = JsonReader.object(Bytes.utf8(value(about.fields(), "TranscriptionData")));
        var customer =
                Speech.isCustomers(
                        value(about.fields(), "Track"), value(about.query(), Callbacks.AS));
        var signal =
                customer && data.get("transcript") instanceof String text && !text.isEmpty()
                        ? calls.saying(about.callSid(), text)
                        : null;
        return signal == null
                ? WebhookVerdict.answered(WebhookReply.EMPTY)
                : WebhookVerdict.accepted(Delivery.NOTHING.signals(signal));
    }

    private static WebhookVerdict unknown(WebhookRequest request, String kind, Bytes body) {
        var event = RawEvent.of(kind, body, SignedRequests.byToken(request, body));
        return WebhookVerdict.accepted(Delivery.of(event), reply(new Twiml()));
    }

    private static WebhookVerdict accepted(RawEvent event) {
        return WebhookVerdict.accepted(Delivery.of(event));
    }

    private static WebhookVerdict answer(Twiml document) {
        return WebhookVerdict.answered(reply(document));
    }

    /// Anything else than TwiML or nothing raises Twilio's warning 12300.
    private static WebhookReply reply(Twiml document) {
        return WebhookReply.ok("text/xml; charset=utf-8", document.document());
    }

    private static String value(Fields fields, String name) {
        var value = fields.first(name);
        return value == null ? "" : value;
    }
}
