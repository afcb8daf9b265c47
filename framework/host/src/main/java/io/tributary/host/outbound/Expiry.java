package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox.State;
import io.tributary.model.Reason;
import java.util.List;

/// Ends a send that was not taken within its time.
final class Expiry implements Work {

    private final Equipment equipment;
    private final Entry entry;

    Expiry(Equipment equipment, Entry entry) {
        this.equipment = equipment;
        this.entry = entry;
    }

    @Override
    public Next run(Finish finish) throws InterruptedException {
        var send = entry.send();
        var carriage = Carriage.of(send, equipment.journal());
        if (carriage.isEmpty()) {
            return new Lost(equipment, send).drop();
        }
        var last = send.reason();
        var reason =
                Reason.of(
                        "expired",
                        "it could not be sent within its time"
                                + (last == null ? "" : "; last: " + last.text()));
        return new Verdict(equipment, entry, carriage.get(), null)
                .failed(State.EXPIRED, List.of(), reason);
    }
}
