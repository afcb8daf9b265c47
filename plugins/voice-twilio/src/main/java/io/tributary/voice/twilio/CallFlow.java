package io.tributary.voice.twilio;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What Twilio is to do next with a call that came in or was connected: greeting, agents rung,
/// queue, voicemail, as the routing says. Pure.
///
/// Every step is a document of its own, so nothing has to be remembered between them.
final class CallFlow {

    /// Twilio asks anew when it has played it.
    private static final String QUIET = "20";

    private static final String TIME_FOR_A_KEY = "5";

    private final Routing routing;
    private final Callbacks callbacks;
    private final Listening listening;

    CallFlow(Routing routing, Callbacks callbacks, Listening listening) {
        this.routing = routing;
        this.callbacks = callbacks;
        this.listening = listening;
    }

    /// A customer calls.
    Twiml incoming(String line, String customer) {
        var document = listening.begin(new Twiml(), null);
        say(document, routing.greeting());
        return connect(document, line, customer);
    }

    /// A customer was called and has answered.
    Twiml outgoing(String line, String customer) {
        return connect(listening.begin(new Twiml(), null), line, customer);
    }

    private Twiml connect(Twiml document, String line, String customer) {
        if (routing.ring().isEmpty()) {
            return unanswered(document);
        }
        var agents =
                routing.ring().stream()
                        .map(agent -> Legs.agent(agent, callbacks, "answered", null))
                        .toList();
        return Legs.dial(
                document,
                callbacks.to(Callbacks.DIALLED),
                Long.toString(routing.ringFor().toSeconds()),
                Legs.callerId(line, customer, agents),
                agents);
    }

    /// Nobody was rung, or nobody answered.
    private Twiml unanswered(Twiml document) {
        var queue = routing.queue();
        return queue == null
                ? voicemail(document)
                : document.text(
                        "Enqueue",
                        queue.name(),
                        "waitUrl",
                        callbacks.to(Callbacks.WAIT),
                        "action",
                        callbacks.to(Callbacks.LEFT));
    }

    private Twiml voicemail(Twiml document) {
        var voicemail = routing.voicemail();
        if (voicemail == null) {
            return document.verb("Hangup");
        }
        say(document, voicemail.prompt());
        return document.verb(
                "Record",
                "action",
                callbacks.to(Callbacks.RECORDED),
                "maxLength",
                Long.toString(voicemail.longest().toSeconds()),
                "playBeep",
                "true",
                "recordingStatusCallback",
                callbacks.to(Callbacks.RECORDING),
                "recordingStatusCallbackEvent",
                "completed absent",
                "transcribe",
                voicemail.transcribed() ? "true" : null,
                "transcribeCallback",
                voicemail.transcribed() ? callbacks.to(Callbacks.WORDS) : null);
    }

    /// The agents that were rung have talked, or have not answered.
    ///
    /// @param status `DialCallStatus`
    Twiml afterDialling(String status) {
        return switch (status) {
            case "no-answer", "busy", "failed" -> unanswered(new Twiml());
            default -> over();
        };
    }

    /// The caller waits.
    ///
    /// @param seconds for how long by now
    /// @param hidden whether nobody could call back
    Twiml waiting(long seconds, boolean hidden) {
        var voicemail = routing.voicemail();
        if (voicemail != null && seconds >= voicemail.after().toSeconds()) {
            return new Twiml().verb("Leave");
        }
        var document = new Twiml();
        var callBack = callBack();
        if (callBack != null && !hidden) {
            document.open(
                    "Gather",
                    "numDigits",
                    "1",
                    // else # would only end the waiting for a key
                    "finishOnKey",
                    "",
                    "timeout",
                    TIME_FOR_A_KEY,
                    "action",
                    callbacks.to(Callbacks.KEY));
            say(document, callBack.offer());
            document.close("Gather");
        }
        return music(document);
    }

    /// The caller is on hold, for as long as it takes.
    Twiml onHold() {
        return music(new Twiml());
    }

    private Twiml music(Twiml document) {
        URI music = routing.queue() == null ? null : routing.queue().music();
        return music == null
                ? document.verb("Pause", "length", QUIET)
                : document.text("Play", music.toString());
    }

    /// Whether the key that was pressed asks to be called back.
    boolean asksForCallBack(@Nullable String digits) {
        var callBack = callBack();
        return callBack != null && callBack.key().equals(digits);
    }

    /// The caller pressed a key.
    Twiml keyPressed(@Nullable String digits) {
        var callBack = callBack();
        if (callBack == null || !callBack.key().equals(digits)) {
            return new Twiml().text("Redirect", callbacks.to(Callbacks.WAIT));
        }
        var document = new Twiml();
        say(document, callBack.taken());
        return document.verb("Hangup");
    }

    /// The caller left the queue.
    ///
    /// @param result `QueueResult`
    Twiml afterQueue(String result) {
        return switch (result) {
            case "leave", "queue-full", "error", "system-error" -> voicemail(new Twiml());
            // bridged: they have talked; hangup: nobody is there; redirected: an order goes on
            default -> over();
        };
    }

    /// Nothing more is to be done.
    Twiml over() {
        return new Twiml().verb("Hangup");
    }

    /// Reads a text aloud.
    void say(Twiml document, String text) {
        if (!text.isEmpty()) {
            var speech = routing.speech();
            document.text("Say", text, "language", speech.language(), "voice", speech.voice());
        }
    }

    private Routing.@Nullable CallBack callBack() {
        return routing.queue() == null ? null : routing.queue().callBack();
    }
}
