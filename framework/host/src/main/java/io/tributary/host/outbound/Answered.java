package io.tributary.host.outbound;

import io.tributary.host.journal.Journal;
import io.tributary.model.InteractionId;
import java.util.Optional;

/// What was answered to a request that comes again. Blocking, thread safe.
final class Answered {

    private final Journal journal;

    Answered(Journal journal) {
        this.journal = journal;
    }

    /// The answer to the same request, if it was taken before.
    Optional<Posted> before(Draft draft) {
        var idempotency = draft.idempotency();
        if (idempotency == null) {
            return Optional.empty();
        }
        return journal.answers()
                .find(idempotency.principal(), idempotency.key())
                .map(answer ->
                        answer.fingerprint().equals(idempotency.fingerprint())
                                ? taken(InteractionId.of(answer.body().utf8()))
                                : new Posted.Refused.KeyReused());
    }

    private Posted taken(InteractionId id) {
        return journal.log()
                .byId(id)
                .<Posted>map(row -> new Posted.Taken(Bodies.of(row), true))
                .orElseGet(Posted.Refused.AnswerDropped::new);
    }
}
