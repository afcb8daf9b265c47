package io.tributary.voice.twilio;

import io.tributary.model.Content.Receipt;
import io.tributary.model.Target;
import io.tributary.spi.Fields;
import io.tributary.spi.Inbound;
import io.tributary.spi.RawEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of orders: callbacks bear the key of the send that they are about.
final class Receipts {

    private Receipts() {}

    /// How far the call has got that an order made. If Twilio's answer to the order was lost, this
    /// is how the call's id becomes known.
    static void ofCall(
            RawEvent event, Fields fields, @Nullable Receipt receipt, List<Inbound> told) {
        var send = event.notes().get(Callbacks.SEND);
        if (send != null && receipt != null) {
            var about = Inbound.about("", Target.external(send), receipt);
            told.add(about.id(fields.need("CallSid")));
        }
    }

    /// How far an order has got, by what happened to a call that it did not make.
    static void of(RawEvent event, @Nullable Receipt receipt, List<Inbound> told) {
        var send = event.notes().get(Callbacks.SEND);
        if (send != null && receipt != null) {
            told.add(Inbound.about("", Target.external(send), receipt));
        }
    }

    /// Nobody answered whom an order had rung.
    static List<Inbound> dialled(RawEvent event, Fields fields) {
        var told = new ArrayList<Inbound>();
        of(event, Progress.receipt(fields.need("DialCallStatus")), told);
        return told;
    }

    /// Whom an order would have put on hold left the queue at once.
    static List<Inbound> notHeld(RawEvent event, Fields fields) {
        var told = new ArrayList<Inbound>();
        var why = Progress.notHeld(fields.need("QueueResult"));
        of(event, new Receipt(Receipt.Status.FAILED, why), told);
        return told;
    }
}
