package io.tributary.host.inbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.inbound.Corrections.Verdict;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.Renormalisations.Run;
import io.tributary.host.journal.Row;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.UnitRefused;
import io.tributary.json.InteractionJson;
import io.tributary.json.InvalidJson;
import io.tributary.spi.Dedupe;
import io.tributary.spi.RawEvent;
import io.tributary.spi.Translates;
import java.util.List;
import java.util.Objects;

/// Has one kept event translated again for a run, and commits what comes of it. Blocking.
final class SecondReading {

    private static final int TRIES = 8;

    private final Journal journal;
    private final OpenAccounts accounts;
    private final Translation translation;
    private final Corrections corrections;

    SecondReading(OpenAccounts accounts, Inbox inbox) {
        this.journal = inbox.means().journal();
        this.accounts = accounts;
        this.translation = inbox.translation();
        this.corrections = new Corrections(inbox.means());
    }

    sealed interface Outcome {

        record Done(Verdict verdict) implements Outcome {}

        /// Not now; it may be possible later.
        record Waits(String why) implements Outcome {}

        /// The plugin did not come back.
        record Hangs() implements Outcome {}
    }

    private static final Outcome PASSED = new Outcome.Done(Verdict.PASSED);

    Outcome of(Run run, Row row, LogReader.Raw raw) throws InterruptedException {
        // pieces mean something together only
        if (raw.piece()) {
            return PASSED;
        }
        return switch (accounts.find(row.account())) {
            case OpenAccounts.Found.Unknown _ -> PASSED;
            case OpenAccounts.Found.Down(var why) ->
                    new Outcome.Waits("the account " + row.account() + " is down: " + why);
            case OpenAccounts.Found.Open(var account) -> of(run, row, raw, account);
        };
    }

    private Outcome of(Run run, Row row, LogReader.Raw raw, OpenAccount account)
            throws InterruptedException {
        var stored = InteractionJson.decode(row.body().toArray(), row.position());
        var translates = account.ability(Translates.class);
        if (translates.isEmpty() || !Correctable.isOf(account, stored)) {
            return PASSED;
        }
        if (!run.plugins().contains(account.plugin().toString())) {
            return new Outcome.Waits(
                    "the account " + row.account() + " is served by " + account.plugin());
        }
        var arrived = again(raw, account, translates.get());
        try {
            return committed(run, row, arrived, translation.asked(arrived).getFirst());
        } catch (PluginFailure failure) {
            return failure.why() == PluginFailure.Cause.STUCK
                    ? new Outcome.Hangs()
                    : new Outcome.Waits("the account " + row.account() + " is being closed");
        }
    }

    private static Arrived again(LogReader.Raw raw, OpenAccount account, Translates translates) {
        var event =
                new RawEvent(
                        raw.kind(), raw.body(), raw.notes(), Dedupe.key("renormalisation"), null);
        return new Arrived(
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
    }

    private Outcome committed(Run run, Row row, Arrived arrived, Translated now) {
        if (now.spoiled() != null) {
            return failed(run, row, arrived, now);
        }
        for (int i = 0; i < TRIES; i++) {
            Corrections.Decided decided;
            try {
                decided = corrections.decided(arrived, now, row);
            } catch (Nonsense | IllegalArgumentException | InvalidJson unfit) {
                return failed(run, row, arrived, now.unfit(unfit));
            }
            try {
                if (run.dry()
                        || decided.items().isEmpty()
                        || Late.committed(journal, new Unit(decided.items()))
                                instanceof Commit.Done) {
                    return new Outcome.Done(decided.verdict());
                }
            } catch (UnitRefused gone) {
                // its conversation is no longer kept
                return PASSED;
            }
        }
        return new Outcome.Waits("others write about the same");
    }

    private Outcome failed(Run run, Row row, Arrived arrived, Translated now) {
        if (!run.dry()) {
            letter(arrived, now, row);
        }
        return new Outcome.Done(Verdict.FAILED);
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
