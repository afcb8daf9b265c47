package io.tributary.host.outbound;

import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Outbox;
import io.tributary.model.Content.Receipt.Status;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What receipts have said about a send. Blocking.
final class Reported {

    private Reported() {}

    /// The furthest of it.
    static Optional<Outbox.Delivery> of(Carriage carriage, Journal journal) {
        var id = carriage.interaction().id();
        return journal.outbox().deliveries(id).stream()
                .filter(one -> one.part() == 0 || carriage.carries(one.part()))
                .filter(one -> one.status().advances(Status.UNKNOWN))
                .max(Comparator.comparing(Outbox.Delivery::status));
    }

    /// The same about attempts before the one that is due, where it settles the send.
    static Optional<Outbox.Delivery> ofEarlier(Carriage carriage, Journal journal) {
        return settles(carriage, journal) ? of(carriage, journal) : Optional.empty();
    }

    /// That nothing has arrived meanwhile where that would settle the send.
    static List<Expect> notYet(Carriage carriage, Journal journal) {
        if (!settles(carriage, journal)) {
            return List.of();
        }
        var send = carriage.send();
        var parts = new HashSet<Integer>();
        parts.add(0);
        for (int i = 0; i < send.parts(); i++) {
            parts.add(send.firstPart() + i);
        }
        return List.of(new Expect.NotArrived(send.interaction(), parts));
    }

    /// A receipt about what the provider took of a send whose rest is to follow says nothing of the
    /// rest. Only an answer tells that there is one: where the receipt itself brought the id, it is
    /// about all of it.
    private static boolean settles(Carriage carriage, Journal journal) {
        var send = carriage.send();
        return SentAgain.marks(send.reason())
                || (send.attempt() > 0 && carriage.answered(journal).isEmpty());
    }
}
