package io.tributary.host.outbound;

import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.Outbox.State;
import io.tributary.model.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends a send that was not taken within its time, as far as anybody knows.
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
        var verdict = new Verdict(equipment, entry, carriage.get(), null);
        var reported = Reported.ofEarlier(carriage.get(), equipment.journal());
        return reported.isPresent()
                ? verdict.settled(reported.get())
                : verdict.failed(State.EXPIRED, List.of(), reason(send.reason()));
    }

    /// @param last why it was not taken before; null: it was not tried
    static Reason reason(@Nullable Reason last) {
        return Reason.of(
                DeadLetters.EXPIRED,
                "it could not be sent within its time"
                        + (last == null ? "" : "; last: " + last.text()));
    }
}
