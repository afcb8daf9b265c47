package io.tributary.host.inbound;

import io.tributary.host.inbound.Corrections.Verdict;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.Renormalisations.Counts;
import io.tributary.host.journal.Renormalisations.Run;
import io.tributary.host.journal.Row;
import io.tributary.model.Direction;
import java.util.Optional;
import java.util.Set;

/// Takes one run further, event by event, at a pace that leaves live traffic its place. For one
/// thread.
final class RenormalisationRun {

    /// So many rows are read at once.
    static final int PAGE = 100;

    private final Journal journal;
    private final SecondReading reading;
    private final Holding holding;
    private final Brake brake = new Brake();

    RenormalisationRun(Journal journal, SecondReading reading, Holding holding) {
        this.journal = journal;
        this.reading = reading;
        this.holding = holding;
    }

    /// Whoever works on it.
    interface Holding {

        /// Waits between two events.
        void pause() throws InterruptedException;

        /// Is told after each event, so that it is kept in time how far the run has come.
        ///
        /// @return false: it is somebody else's by now
        boolean reached(Run run);
    }

    /// How far it has come.
    sealed interface Step {

        /// Where that is its last position there is nothing left.
        record Further(Run run) implements Step {}

        /// It cannot go on now.
        record Waits(Run run, String why) implements Step {}

        /// It is to end; where one event is the cause, behind that.
        record Fails(Run run, String why) implements Step {}

        /// It is somebody else's.
        record Lost() implements Step {}
    }

    /// One page further.
    Step further(Run run) throws InterruptedException {
        var page = journal.log().after(run.position(), filter(run), PAGE);
        Run reached = run;
        for (Row row : page.rows()) {
            if (row.position() > run.last()) {
                break;
            }
            Step step = over(reached, row);
            if (!(step instanceof Step.Further(var on))) {
                return step;
            }
            reached = on;
        }
        boolean last = page.seen() >= run.last() || page.seen() <= run.position();
        return new Step.Further(reached.at(last ? run.last() : page.seen(), reached.counts()));
    }

    private static Filter filter(Run run) {
        var account = run.account();
        return new Filter(
                Set.of(run.channel()),
                account == null ? Set.of() : Set.of(account),
                null,
                Set.of(),
                null,
                Set.of());
    }

    private Step over(Run run, Row row) throws InterruptedException {
        var raw = event(run, row);
        if (raw.isEmpty()) {
            return new Step.Further(run.at(row.position(), run.counts()));
        }
        holding.pause();
        try {
            return switch (reading.of(run, row, raw.get())) {
                case SecondReading.Outcome.Done(var verdict) -> after(run, row, verdict);
                case SecondReading.Outcome.Waits(var why) -> new Step.Waits(run, why);
                case SecondReading.Outcome.Hangs _ ->
                        failed(run, row, "the plugin hangs at position " + row.position());
            };
        } catch (JournalUnavailable unavailable) {
            throw unavailable;
        } catch (RuntimeException broken) {
            var why = Late.cause(broken).getClass().getName();
            return failed(run, row, why + " at position " + row.position());
        }
    }

    private Optional<LogReader.Raw> event(Run run, Row row) {
        boolean inTime =
                !row.receivedAt().isBefore(run.since()) && row.receivedAt().isBefore(run.until());
        return inTime && row.direction() != Direction.INTERNAL
                ? journal.log()
                        .raw(row.id())
                        // of several of one event the first stands for all
                        .filter(raw -> raw.first() == row.position())
                : Optional.empty();
    }

    private Step after(Run run, Row row, Verdict verdict) {
        Run reached = run.at(row.position(), plus(run.counts(), verdict));
        if (brake.after(verdict == Verdict.FAILED)) {
            return new Step.Fails(reached, "too much is not understood");
        }
        return holding.reached(reached) ? new Step.Further(reached) : new Step.Lost();
    }

    private static Step failed(Run run, Row row, String why) {
        return new Step.Fails(run.at(row.position(), plus(run.counts(), Verdict.FAILED)), why);
    }

    private static Counts plus(Counts was, Verdict verdict) {
        return new Counts(
                was.looked() + 1,
                was.unchanged() + (verdict == Verdict.UNCHANGED ? 1 : 0),
                was.corrected() + (verdict == Verdict.CORRECTED ? 1 : 0),
                was.passed() + (verdict == Verdict.PASSED ? 1 : 0),
                was.failed() + (verdict == Verdict.FAILED ? 1 : 0));
    }
}
