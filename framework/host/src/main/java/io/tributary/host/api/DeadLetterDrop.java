package io.tributary.host.api;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.UnitRefused;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;

/// Closes a dead letter of either direction that nobody wants any more; it stays readable.
final class DeadLetterDrop implements Fate.Deciding {

    private final Journal journal;
    private final InstantSource clock;

    DeadLetterDrop(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public Fate of(long letter, String actor) {
        var now = clock.instant();
        var unit =
                Unit.of(
                        List.of(new Expect.DeadLetterOpen(letter)),
                        List.of(
                                new Change.CloseDeadLetter(letter, false, now),
                                new Change.AddAudit(
                                        actor,
                                        "dead-letter.drop",
                                        Long.toString(letter),
                                        "",
                                        now)));
        try {
            return journal.append(unit).join() instanceof Commit.Done
                    ? new Fate.Dropped()
                    : new Fate.Closed();
        } catch (CompletionException failure) {
            switch (failure.getCause()) {
                case JournalUnavailable unavailable -> throw unavailable;
                case UnitRefused refused -> throw refused;
                case null, default -> throw failure;
            }
        }
    }
}
