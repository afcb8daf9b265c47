package io.tributary.voice.twilio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes whom a call is connected with.
final class Legs {

    /// One end that is rung.
    ///
    /// @param endpoint a number, `sip:` or `client:`
    /// @param callback where its progress is told
    /// @param events of which kinds
    record Leg(String endpoint, String callback, String events) {

        boolean isNumber() {
            return endpoint.startsWith("+");
        }
    }

    private Legs() {}

    /// An agent; only that one answers is of interest.
    ///
    /// @param as what it means that the agent answers
    /// @param send the order that wants it; null: the routing does
    static Leg agent(String endpoint, Callbacks callbacks, String as, @Nullable String send) {
        var callback = callbacks.to(Callbacks.LEG, Callbacks.AS, as, Callbacks.SEND, send);
        return new Leg(endpoint, callback, "answered");
    }

    /// The customer, while the agent is on the line already.
    static Leg customer(String endpoint, Callbacks callbacks, String send) {
        var callback =
                callbacks.to(Callbacks.LEG, Callbacks.AS, Callbacks.CUSTOMER, Callbacks.SEND, send);
        return new Leg(endpoint, callback, "ringing answered completed");
    }

    /// What agents who are rung are shown; null: the customer's own end, which is best where it
    /// serves. For who has no number Twilio rings none: error 13214 asks for one of the company's.
    static @Nullable String callerId(String line, String customer, List<Leg> agents) {
        return !Ends.isShown(customer) && agents.stream().anyMatch(Leg::isNumber) ? line : null;
    }

    /// Rings all of them at once; who answers first is connected.
    ///
    /// @param action what is asked when they have talked, or nobody answered
    /// @param seconds how long it rings
    /// @param callerId what they are shown; null: the caller's own number
    static Twiml dial(
            Twiml document,
            String action,
            String seconds,
            @Nullable String callerId,
            List<Leg> legs) {
        document.open(
                "Dial",
                "answerOnBridge",
                "true",
                "timeout",
                seconds,
                "callerId",
                callerId,
                "action",
                action);
        legs.forEach(leg -> add(document, leg));
        return document.close("Dial");
    }

    private static void add(Twiml document, Leg leg) {
        var endpoint = leg.endpoint();
        boolean client = endpoint.startsWith("client:");
        var noun = client ? "Client" : leg.isNumber() ? "Number" : "Sip";
        document.text(
                noun,
                client ? endpoint.substring("client:".length()) : endpoint,
                "statusCallback",
                leg.callback(),
                "statusCallbackEvent",
                leg.events());
    }
}
