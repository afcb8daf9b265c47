package io.tributary.voice.twilio;

import io.tributary.model.Content.CallOrder;
import io.tributary.spi.Fields;
import io.tributary.spi.OutboundMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes orders as Twilio's requests. Pure.
final class Orders {

    /// As long as Twilio takes it (https://www.twilio.com/docs/voice/api/call-resource).
    private static final int LONGEST_DOCUMENT = 4000;

    /// How long it rings before nobody is there.
    private static final String RINGS = "30";

    /// A queue of Twilio's takes 100 callers by itself, and stays once it was made: so there are
    /// some, and not one per caller (https://www.twilio.com/docs/voice/twiml/enqueue).
    private static final int PARKINGS = 32;

    private final CallFlow flow;
    private final Callbacks callbacks;
    private final Listening listening;
    private final Agents agents;

    Orders(CallFlow flow, Callbacks callbacks, Listening listening, Agents agents) {
        this.flow = flow;
        this.callbacks = callbacks;
        this.listening = listening;
        this.agents = agents;
    }

    /// Calls the customer. If it is known where the author is, they are called first and then
    /// connected, so that the customer hears a person at once; else the customer is called and goes
    /// the way of who calls.
    Fields dial(OutboundMessage message, CallOrder order) throws Unfit {
        var customer = message.conversation().address();
        if (order.endpoint() != null && !order.endpoint().equals(customer)) {
            throw new Unfit(
                    "foreign-address",
                    "a conversation is no way to call somebody else: start one with them");
        }
        var agent = agents.endpoint(message.actor().id());
        return agent == null
                ? call(message, callable(customer), outgoing(message), null)
                : call(message, agent, toCustomer(message, callable(customer)), Callbacks.AGENT);
    }

    private Twiml outgoing(OutboundMessage message) {
        var ends = message.conversation();
        return flow.outgoing(ends.line(), ends.address());
    }

    private Twiml toCustomer(OutboundMessage message, String customer) {
        return Legs.dial(
                listening.begin(new Twiml(), Callbacks.AGENT),
                callbacks.to(Callbacks.DIALLED, Callbacks.AS, Callbacks.AGENT),
                RINGS,
                message.conversation().line(),
                List.of(Legs.customer(customer, callbacks, message.key())));
    }

    /// Calls the customer and reads a text aloud.
    Fields announce(OutboundMessage message, String text) throws Unfit {
        var document = new Twiml();
        flow.say(document, text);
        return call(message, callable(message.conversation().address()), document, null);
    }

    private static String callable(String address) throws Unfit {
        if (!Ends.isCallable(address)) {
            throw new Unfit("hidden", "the customer called without showing a number");
        }
        return address;
    }

    /// @param leg `agent`: not the customer is called
    private Fields call(OutboundMessage message, String whom, Twiml document, @Nullable String leg)
            throws Unfit {
        var status =
                callbacks.to(Callbacks.STATUS, Callbacks.SEND, message.key(), Callbacks.AS, leg);
        return Fields.of("To", whom)
                .with("From", message.conversation().line())
                .with("Timeout", RINGS)
                .with("StatusCallback", status)
                .with("StatusCallbackEvent", "initiated")
                .with("StatusCallbackEvent", "ringing")
                .with("StatusCallbackEvent", "answered")
                .with("StatusCallbackEvent", "completed")
                .with("Twiml", bounded(document));
    }

    /// Does something with a call that goes on, and goes on after it.
    Fields change(OutboundMessage message, CallOrder order) throws Unfit {
        return switch (order.action()) {
            case HOLD -> Fields.of("Twiml", hold(message));
            case ANSWER -> connect(message, author(message), "answered");
            case RESUME -> connect(message, author(message), "resumed");
            case TRANSFER -> connect(message, colleague(order), "transferred");
            default -> throw new Unfit("order", "a call cannot do that");
        };
    }

    /// Whoever talked with the caller is cut off: the caller alone stays, and hears music.
    private String hold(OutboundMessage message) {
        return new Twiml()
                .text(
                        "Enqueue",
                        parking(message.key()),
                        "waitUrl",
                        callbacks.to(Callbacks.HOLD, Callbacks.SEND, message.key()),
                        "action",
                        callbacks.to(Callbacks.LEFT, Callbacks.SEND, message.key()))
                .document();
    }

    /// In which queue somebody is on hold.
    static String parking(String key) {
        return "on hold " + Math.floorMod(key.hashCode(), PARKINGS);
    }

    /// If nobody answers, the order has failed; the caller goes back to the queue or to voicemail.
    private Fields connect(OutboundMessage message, String agent, String as) throws Unfit {
        var legs = List.of(Legs.agent(agent, callbacks, as, message.key()));
        var action = callbacks.to(Callbacks.DIALLED, Callbacks.SEND, message.key());
        var ends = message.conversation();
        var callerId = Legs.callerId(ends.line(), ends.address(), legs);
        var document = Legs.dial(new Twiml(), action, RINGS, callerId, legs);
        return Fields.of("Twiml", bounded(document));
    }

    private String author(OutboundMessage message) throws Unfit {
        var endpoint = agents.endpoint(message.actor().id());
        if (endpoint == null) {
            throw new Unfit("agent", "the settings do not say where this agent can be reached");
        }
        return endpoint;
    }

    private String colleague(CallOrder order) throws Unfit {
        var endpoint = agents.named(order.endpoint());
        if (endpoint == null) {
            throw new Unfit(
                    "endpoint", "calls are transferred to agents that the settings name only");
        }
        return endpoint;
    }

    private static String bounded(Twiml document) throws Unfit {
        var text = document.document();
        if (text.length() > LONGEST_DOCUMENT) {
            throw new Unfit("too-long", "Twilio takes no more than 4000 characters at once");
        }
        return text;
    }
}
