package io.tributary.voice.twilio;

import io.tributary.model.Content;
import io.tributary.model.Content.CallOrder;
import io.tributary.model.Content.Receipt;
import io.tributary.spi.Context;
import io.tributary.spi.Fields;
import io.tributary.spi.Http;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.twilio.JsonReader;
import io.tributary.twilio.TwilioApi;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

/// Carries out orders to call somebody, and orders about calls that go on.
///
/// Twilio has no idempotency key, so nothing is sent again whose outcome is unknown. What settles
/// it are Twilio's callbacks: their addresses carry the send's key, so they name the send even if
/// the answer never came.
final class Outgoing {

    /// An order is about the call as it is now: later it would ring people at night, or take a
    /// caller away from whom they talk with by then.
    private static final Duration LATEST = Duration.ofMinutes(2);

    private final Context context;
    private final TwilioApi api;
    private final Orders orders;
    private final LiveCalls calls;
    private final HangingUp hangingUp;
    private final boolean announces;

    /// Sends for one account.
    ///
    /// @param announces whether texts are read to whoever is called
    Outgoing(Context context, TwilioApi api, Orders orders, boolean announces) {
        this.context = context;
        this.api = api;
        this.orders = orders;
        this.calls = new LiveCalls(context.state());
        this.hangingUp = new HangingUp(api);
        this.announces = announces;
    }

    SendResult send(OutboundMessage message) throws InterruptedException {
        if (!message.sent().isEmpty()) {
            return SendResult.accepted(message.sent());
        }
        try {
            return switch (message.content()) {
                case CallOrder order when isLate(message) -> late(message, order);
                case CallOrder order when order.action() == CallOrder.Action.DIAL ->
                        call(message, orders.dial(message, order));
                case CallOrder order when order.action() == CallOrder.Action.HANG_UP ->
                        hangingUp.send(message);
                case CallOrder order -> change(message, order);
                case Content.Text text when announces ->
                        call(message, orders.announce(message, text.text()));
                default ->
                        SendResult.rejected("content", "a call carries orders, and texts to read");
            };
        } catch (Unfit unfit) {
            return SendResult.rejected(unfit.code(), unfit.text());
        } catch (Http.Failure failure) {
            return SendResult.of(failure);
        }
    }

    private boolean isLate(OutboundMessage message) {
        return message.firstTriedAt().plus(LATEST).isBefore(context.clock().instant());
    }

    /// No attempt before did it: what may have been done is not tried again. But to end a call is,
    /// so it may be over by now.
    private SendResult late(OutboundMessage message, CallOrder order)
            throws Unfit, Http.Failure, InterruptedException {
        return order.action() == CallOrder.Action.HANG_UP
                ? hangingUp.outcome(message)
                : SendResult.rejected("too-late", "it could not be done within two minutes");
    }

    private SendResult call(OutboundMessage message, Fields form)
            throws Http.Failure, InterruptedException {
        var answer = api.post("/Calls.json", form);
        if (!answer.successful()) {
            return ErrorCodes.of(answer);
        }
        var taken = JsonReader.object(answer.body());
        if (!(taken.get("sid") instanceof String sid) || !CallSid.is(sid)) {
            return nonsense();
        }
        remember(sid, message, form);
        return SendResult.accepted(sid).reached(reached(taken));
    }

    private SendResult change(OutboundMessage message, CallOrder order)
            throws Unfit, Http.Failure, InterruptedException {
        var sid = CallSid.of(message.target());
        try {
            if (calls.isAgents(sid)) {
                throw new Unfit(
                        "agents-leg",
                        "the target is the agent's own call: name one of the customer's, such as"
                                + " that it was answered");
            }
        } catch (UncheckedIOException unreadable) {
            return SendResult.retry("store", "whose call it is cannot be read now");
        }
        var answer = api.post("/Calls/" + sid + ".json", orders.change(message, order));
        return answer.successful() ? done(message, sid, answer) : ErrorCodes.of(answer);
    }

    /// What it means that Twilio has taken an order about a call.
    static SendResult done(OutboundMessage message, String sid, Http.Answer answer) {
        return sid.equals(JsonReader.object(answer.body()).get("sid"))
                ? SendResult.accepted(sid + '/' + message.key())
                : nonsense();
    }

    private static SendResult nonsense() {
        return SendResult.unknown("answer", "Twilio answered success without the call");
    }

    private static Receipt.Status reached(Map<?, ?> taken) {
        var receipt =
                taken.get("status") instanceof String status ? Progress.receipt(status) : null;
        return receipt == null || receipt.status() == Receipt.Status.FAILED
                ? Receipt.Status.ACCEPTED
                : receipt.status();
    }

    /// So that what the customer says can be shown while it is said. The call goes on without it.
    private void remember(String sid, OutboundMessage message, Fields form) {
        var line = message.conversation().line();
        var address = message.conversation().address();
        try {
            context.state()
                    .write(
                            address.equals(form.first("To"))
                                    ? LiveCalls.began(sid, line, address)
                                    : LiveCalls.beganWithAgent(sid, line, address));
        } catch (NotStored unavailable) {
            context.metrics().count("calls.unshown", 1);
        }
    }
}
