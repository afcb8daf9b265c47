package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Outbox.State;
import io.tributary.model.Reason;

/// A send whose interaction is no longer kept: there is nothing to send and nobody to tell.
record Lost(Equipment equipment, Outbox.Send send) {

    Next drop() throws InterruptedException {
        var moves =
                Moves.to(
                        send,
                        State.REJECTED,
                        equipment.epoch(),
                        null,
                        Reason.of("not-kept", "the interaction is no longer kept"));
        var instead = Verdict.onceOrElse(equipment, send, Settlement.moved(moves));
        return instead == null ? Next.Leave.one(send) : instead;
    }
}
