package io.tributary.host.outbound;

import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Outbox;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.InteractionId;
import io.tributary.model.Reason;
import java.util.List;

/// The messages that a send stands for, since they did not arrive: once one of them has, it is not
/// wanted any more. Of a message that has been begun the rest follows, so it stands for none then.
///
/// @param of the messages; none: the send is wanted in any case
record Instead(List<InteractionId> of, Status until) {

    /// Why a send was taken back.
    static final Reason ARRIVED =
            Reason.of("not-needed", "what it was to be sent instead of has arrived");

    private static final Instead OF_NOTHING = new Instead(List.of(), Status.READ);

    /// Blocking.
    static Instead of(Carriage carriage, Outbox outbox) {
        var mark = FallbackMark.of(carriage.interaction());
        if (mark.isEmpty() || mark.get().instead().isEmpty()) {
            return OF_NOTHING;
        }
        var until = mark.get().until();
        return Reach.of(outbox, carriage.interaction().id(), until).begun()
                ? OF_NOTHING
                : new Instead(mark.get().instead(), until);
    }

    /// Whether one of them has arrived. Blocking.
    boolean hasArrived(Outbox outbox) {
        return of.stream().anyMatch(each -> Reach.of(outbox, each, until).reached());
    }

    /// That none has when the send begins.
    List<Expect> expects() {
        return of.stream().<Expect>map(each -> new Expect.NotReached(each, until)).toList();
    }
}
