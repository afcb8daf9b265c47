package io.tributary.voice.twilio;

import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Content.Call;
import io.tributary.model.Content.Receipt;
import io.tributary.model.Json;
import io.tributary.model.Target;
import io.tributary.spi.Arrival;
import io.tributary.spi.Fields;
import io.tributary.spi.Inbound;
import io.tributary.spi.RawEvent;
import io.tributary.twilio.FieldsJson;
import io.tributary.twilio.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns a stored webhook into what happened. Pure.
///
/// Whatever happens to a call is about the call's id, and brings that id where it says who is on
/// the call: so all that belongs to a call finds together in any order. Besides, each brings an id
/// that begins with the call's and is its own: so an order may be about any of them.
final class Translation {

    static final String EVENT = VoiceChannel.ID + ".event";
    private static final String CALLER = VoiceChannel.ID + ".caller";
    private static final String VERSTAT = VoiceChannel.ID + ".verstat";
    private static final Set<String> ABOUT_CALLER =
            Set.of(
                    "ForwardedFrom",
                    "CallerName",
                    "FromCity",
                    "FromState",
                    "FromZip",
                    "FromCountry");

    private final boolean trustsCallerId;

    /// @param trustsCallerId whether a caller's number is believed without proof
    Translation(boolean trustsCallerId) {
        this.trustsCallerId = trustsCallerId;
    }

    List<Inbound> of(Arrival arrival) {
        var event = arrival.event();
        if (event.kind().equals(WebhookReader.JSON)) {
            return List.of(unknown(event));
        }
        var fields = Fields.decode(event.body());
        return switch (event.kind()) {
            case WebhookReader.RINGING -> List.of(ringing(event, fields));
            case WebhookReader.STATUS -> status(event, fields);
            case WebhookReader.LEG -> leg(event, fields);
            case WebhookReader.DIALLED -> Receipts.dialled(event, fields);
            case WebhookReader.HELD -> held(event, fields);
            case WebhookReader.LEFT -> Receipts.notHeld(event, fields);
            case WebhookReader.BRIDGED -> List.of(bridged(event, fields));
            case WebhookReader.CALL_BACK ->
                    List.of(
                            about(
                                    event,
                                    fields,
                                    new Content.ChoiceMade("callback", "Please call me back"),
                                    "callback"));
            case WebhookReader.RECORDING -> Recordings.of(fields);
            case WebhookReader.WORDS -> Speech.voicemail(fields);
            case WebhookReader.SPEECH -> Speech.live(fields, note(event, Callbacks.AS));
            default -> List.of(unknown(fields));
        };
    }

    private Inbound ringing(RawEvent event, Fields fields) {
        var ringing = about(event, fields, Progress.ringing(), "ringing");
        var about =
                FieldsJson.some(
                        fields,
                        field -> ABOUT_CALLER.contains(field.name()) && !field.value().isEmpty());
        var verstat = verstat(event, fields);
        var known = about.equals(Json.OBJECT) ? ringing : ringing.extension(CALLER, about);
        return verstat == null ? known : known.extension(VERSTAT, verstat.json());
    }

    private static @Nullable Verstat verstat(RawEvent event, Fields fields) {
        boolean signed = !event.notes().containsKey(About.UNSIGNED);
        return Verstat.of(fields.first("StirVerstat"), signed);
    }

    /// The call itself made some progress.
    private List<Inbound> status(RawEvent event, Fields fields) {
        if (isAgents(event)) {
            return agent(event, fields);
        }
        var told = new ArrayList<Inbound>();
        Receipts.ofCall(event, fields, Progress.receipt(fields.need("CallStatus")), told);
        var call = Progress.of(fields);
        // That an inbound call is in progress means that a machine of Twilio's talks to it.
        boolean inbound = "inbound".equals(fields.first("Direction"));
        if (call != null && (!inbound || call.event() == Call.Event.ENDED)) {
            told.add(call(event, fields, call, fields.need("CallStatus")));
        }
        return told;
    }

    /// The agent was called first, and made some progress. If the agent answered, the customer's
    /// own leg tells the rest.
    private static List<Inbound> agent(RawEvent event, Fields fields) {
        var told = new ArrayList<Inbound>();
        Receipts.ofCall(event, fields, ofAgent(fields.need("CallStatus")), told);
        var ended = Progress.of(fields);
        if (ended != null && ended.reason() != null) {
            told.add(ofOrder(event, fields, ended));
        }
        return told;
    }

    private static boolean isAgents(RawEvent event) {
        return note(event, Callbacks.AS).equals(Callbacks.AGENT);
    }

    /// That the agent has answered says nothing of the customer yet.
    private static @Nullable Receipt ofAgent(String status) {
        var receipt = Progress.receipt(status);
        return receipt != null && receipt.status() == Receipt.Status.DELIVERED
                ? new Receipt(Receipt.Status.SENT, null)
                : receipt;
    }

    /// A second leg made some progress. It is about the first one.
    private List<Inbound> leg(RawEvent event, Fields fields) {
        var status = fields.need("CallStatus");
        var told = new ArrayList<Inbound>();
        var as = note(event, Callbacks.AS);
        if (as.equals(Callbacks.CUSTOMER)) {
            Receipts.of(event, Progress.receipt(status), told);
            var call = Progress.of(fields);
            if (call != null) {
                told.add(ofOrder(event, fields, call));
            }
        } else if (status.equals("in-progress")) {
            Receipts.of(event, new Receipt(Receipt.Status.DELIVERED, null), told);
            told.add(ofParent(fields, meaning(as, event.notes().containsKey(Callbacks.SEND))));
        }
        return told;
    }

    /// What it means that an agent has answered.
    ///
    /// @param ordered whether by an order, which may come at any time of a call
    private static Call meaning(String as, boolean ordered) {
        return switch (as) {
            case "resumed" -> Progress.meanwhile(Call.Event.RESUMED);
            case "transferred" -> Progress.meanwhile(Call.Event.TRANSFERRED);
            default -> ordered ? Progress.meanwhile(Call.Event.ANSWERED) : Progress.answered();
        };
    }

    private static Inbound ofParent(Fields fields, Call call) {
        var parent = fields.need("ParentCallSid");
        var told = Inbound.about("", Target.external(parent), call);
        var id = CallSid.event(parent, fields.need("CallSid"));
        return timed(fields, told.id(id).by(Actor.SYSTEM));
    }

    /// Only the order says who the customer is.
    private static Inbound ofOrder(RawEvent event, Fields fields, Call call) {
        var order = Target.external(event.note(Callbacks.SEND));
        var sid = fields.need("CallSid");
        var id = CallSid.event(sid, fields.need("CallStatus"));
        var told = Inbound.about("", order, call).id(sid).id(id).by(Actor.SYSTEM);
        return timed(fields, told);
    }

    private List<Inbound> held(RawEvent event, Fields fields) {
        var told = new ArrayList<Inbound>();
        Receipts.of(event, new Receipt(Receipt.Status.DELIVERED, null), told);
        var held = Progress.meanwhile(Call.Event.HELD);
        told.add(call(event, fields, held, "held", note(event, Callbacks.SEND)));
        return told;
    }

    private Inbound bridged(RawEvent event, Fields fields) {
        var queue = fields.first("QueueSid");
        return call(event, fields, Progress.answered(), "bridged", queue == null ? "" : queue);
    }

    private Inbound call(RawEvent event, Fields fields, Call call, String... what) {
        return about(event, fields, call, what).by(Actor.SYSTEM);
    }

    /// About the call, and bringing its id. Of a call that was ordered the order is known before
    /// Twilio has named the call, and even if its answer never arrives.
    ///
    /// @param what tells it from all else that happens to the call
    private Inbound about(RawEvent event, Fields fields, Content content, String... what) {
        var sid = fields.need("CallSid");
        var send = event.notes().get(Callbacks.SEND);
        var first = event.kind().equals(WebhookReader.STATUS) && send != null ? send : sid;
        var verstat = verstat(event, fields);
        var ends = Ends.of(fields, trustsCallerId || (verstat != null && verstat.proves()));
        return timed(
                fields,
                Inbound.of(ends.line(), ends.party(), content)
                        .id(sid)
                        .id(CallSid.event(sid, what))
                        .target(Target.external(first)));
    }

    private static Inbound timed(Fields fields, Inbound inbound) {
        var time = Times.of(fields.first("Timestamp"));
        return time == null ? inbound : inbound.at(time);
    }

    private static String note(RawEvent event, String name) {
        return event.notes().getOrDefault(name, "");
    }

    private static Inbound unknown(Fields fields) {
        return Inbound.notice(custom(FieldsJson.all(fields)));
    }

    private static Inbound unknown(RawEvent event) {
        var text = event.body().utf8();
        return Inbound.notice(custom(JsonReader.isJson(text) ? Json.of(text) : Json.string(text)));
    }

    private static Content.Custom custom(Json data) {
        return new Content.Custom(EVENT, data, "An event of Twilio that is not known here");
    }
}
