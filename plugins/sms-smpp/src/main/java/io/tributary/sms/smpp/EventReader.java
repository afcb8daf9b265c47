package io.tributary.sms.smpp;

import io.tributary.spi.Dedupe;
import io.tributary.spi.Malformed;
import io.tributary.spi.Piece;
import io.tributary.spi.RawEvent;
import java.time.Duration;

/// Makes an event of what an SMSC delivers: the body of the PDU as it came, without the header,
/// whose sequence number is another one when it comes again.
final class EventReader {

    static final String DELIVER_SM = "deliver_sm";
    static final String DATA_SM = "data_sm";

    /// How long an SMSC may take to offer a message again that it believes unanswered. SMPP gives
    /// messages no id, so what looks the same is kept and marked.
    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final Profile profile;

    EventReader(Profile profile) {
        this.profile = profile;
    }

    /// The command of which an event of this kind is the body.
    static int command(String kind) {
        return kind.equals(DATA_SM) ? Pdu.DATA_SM : Pdu.DELIVER_SM;
    }

    RawEvent event(Pdu pdu) {
        var print = Dedupe.print(pdu.body(), AGAIN);
        var kind = pdu.command() == Pdu.DATA_SM ? DATA_SM : DELIVER_SM;
        var event = RawEvent.of(kind, pdu.body(), print);
        try {
            return read(event, ShortMessage.of(pdu.command(), pdu.body()));
        } catch (Malformed unreadable) {
            return event; // translating it says what is wrong, and it is a dead letter
        }
    }

    private RawEvent read(RawEvent event, ShortMessage message) {
        if (message.isReceipt()) {
            // the same receipt says the same, however often
            var print = (Dedupe.Print) event.dedupe();
            return RawEvent.of(event.kind(), event.body(), Dedupe.key("receipt " + print.print()));
        }
        var place = message.content().place();
        if (place == null) {
            return event;
        }
        var group =
                String.join(
                        " ",
                        place.reference(),
                        Integer.toString(place.of()),
                        message.to().digits(),
                        message.from().digits());
        return event.piece(Piece.counted(group, place.number(), place.of(), profile.patience()));
    }
}
