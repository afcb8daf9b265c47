package io.tributary.host.inbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.Renormalisations.Counts;
import io.tributary.host.journal.Renormalisations.Run;
import io.tributary.host.journal.Row;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.UnitRefused;
import io.tributary.model.Direction;
import io.tributary.spi.Dedupe;
import io.tributary.spi.RawEvent;
import io.tributary.spi.Translates;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes one run further, event by event, at a pace that leaves live traffic its place. For one
/// thread.
final class RenormalisationRun {

    /// So many rows are read, and then it is kept how far it has come.
    static final int PAGE = 100;

    private static final int TRIES = 8;

    private final Journal journal;
    private final OpenAccounts accounts;
    private final Translation translation;
    private final Corrections corrections;
    private final Pause pause;

    RenormalisationRun(OpenAccounts accounts, Inbox inbox, Pause pause) {
        this.journal = inbox.means().journal();
        this.accounts = accounts;
        this.translation = inbox.translation();
        this.corrections = new Corrections(inbox.means());
        this.pause = pause;
    }

    /// What is waited for between two events.
    @FunctionalInterface
    interface Pause {
        void take() throws InterruptedException;
    }

    /// The run cannot go on; the message is for an operator.
    static final class Stopped extends Exception {

        private static final long serialVersionUID = 1L;

        Stopped(String why) {
            super(why, null, false, false);
        }
    }

    /// One page further; where that is its last position there is nothing left.
    Run further(Run run) throws Stopped, InterruptedException {
        var account = run.account();
        var filter =
                new Filter(
                        Set.of(run.channel()),
                        account == null ? Set.of() : Set.of(account),
                        null,
                        Set.of(),
                        null,
                        Set.of());
        var page = journal.log().after(run.position(), filter, PAGE);
        var counts = run.counts();
        for (Row row : page.rows()) {
            if (row.position() > run.last()) {
                break;
            }
            counts = looked(run, row, counts);
        }
        boolean over = page.seen() >= run.last() || page.seen() <= run.position();
        return run.at(over ? run.last() : page.seen(), counts);
    }

    private Counts looked(Run run, Row row, Counts counts) throws Stopped, InterruptedException {
        boolean inTime =
                !row.receivedAt().isBefore(run.since()) && row.receivedAt().isBefore(run.until());
        if (!inTime || row.direction() == Direction.INTERNAL) {
            return counts;
        }
        var raw = journal.log().raw(row.id());
        // of several of one event the first stands for all
        if (raw.isEmpty() || raw.get().first() != row.position()) {
            return counts;
        }
        pause.take();
        return event(run, row, raw.get(), counts);
    }

    private Counts event(Run run, Row row, LogReader.Raw raw, Counts was)
            throws Stopped, InterruptedException {
        // pieces mean something together only
        var verdict = raw.piece() ? Corrections.Verdict.PASSED : decided(run, row, raw);
        return new Counts(
                was.looked() + 1,
                was.unchanged() + (verdict == Corrections.Verdict.UNCHANGED ? 1 : 0),
                was.corrected() + (verdict == Corrections.Verdict.CORRECTED ? 1 : 0),
                was.passed() + (verdict == Corrections.Verdict.PASSED ? 1 : 0),
                was.failed() + (verdict == null ? 1 : 0));
    }

    /// @return null: the plugin does not understand it
    private Corrections.@Nullable Verdict decided(Run run, Row row, LogReader.Raw raw)
            throws Stopped, InterruptedException {
        var account = account(row);
        var translates =
                account.ability(Translates.class)
                        .orElseThrow(() ->
                                new Stopped("the account " + row.account() + " receives nothing"));
        var event =
                new RawEvent(
                        raw.kind(), raw.body(), raw.notes(), Dedupe.key("renormalisation"), null);
        var arrived =
                new Arrived(
                        account,
                        translates,
                        List.of(event),
                        List.of(),
                        List.of(),
                        raw.receivedAt(),
                        null,
                        Arrived.Unity.EACH,
                        null,
                        List.of(),
                        true);
        Translated now;
        try {
            now = translation.asked(arrived).getFirst();
        } catch (PluginFailure failure) {
            throw new Stopped("the plugin hangs or is being closed");
        }
        if (now.spoiled() != null) {
            if (!run.dry()) {
                letter(arrived, now, row);
            }
            return null;
        }
        return committed(run, row, arrived, now);
    }

    private OpenAccount account(Row row) throws Stopped {
        return switch (accounts.find(row.account())) {
            case OpenAccounts.Found.Open(var account) -> account;
            case OpenAccounts.Found.Down(var why) ->
                    throw new Stopped("the account " + row.account() + " is down: " + why);
            case OpenAccounts.Found.Unknown _ ->
                    throw new Stopped("the account " + row.account() + " is gone");
        };
    }

    private Corrections.Verdict committed(Run run, Row row, Arrived arrived, Translated now)
            throws Stopped {
        for (int i = 0; i < TRIES; i++) {
            var decided = corrections.decided(arrived, now, row);
            if (run.dry() || decided.items().isEmpty()) {
                return decided.verdict();
            }
            try {
                if (Late.committed(journal, new Unit(decided.items())) instanceof Commit.Done) {
                    return decided.verdict();
                }
            } catch (UnitRefused gone) {
                // its conversation is no longer kept
                return Corrections.Verdict.PASSED;
            }
        }
        throw new Stopped("others correct the same; begin again");
    }

    /// Once for each version of the plugin that does not understand it.
    private void letter(Arrived arrived, Translated now, Row row) {
        var reason = Objects.requireNonNull(now.spoiled());
        var kept = (Change.AddDeadLetter) DeadEvents.deadLetter(arrived, now, reason);
        var letter =
                new Change.AddDeadLetter(
                        kept.direction(),
                        kept.account(),
                        kept.plugin(),
                        kept.kind(),
                        kept.reason(),
                        row.id(),
                        kept.payload(),
                        kept.at());
        var once =
                new Item.Once(
                        row.account(),
                        "renormalisation " + row.id() + " " + arrived.account().plugin());
        var _ =
                Late.committed(
                        journal, new Unit(List.of(new Item(once, List.of(), List.of(letter)))));
    }
}
