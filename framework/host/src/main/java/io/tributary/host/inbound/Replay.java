package io.tributary.host.inbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Row;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.UnitRefused;
import io.tributary.json.InteractionJson;
import io.tributary.json.InvalidJson;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import io.tributary.spi.Translates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Translates inbound dead letters again, by the plugin as it is now. Blocking; thread safe.
///
/// What comes of one is appended at a new position, with its original times and marked as replayed;
/// the dead letter is closed in the same commit, so that it happens once.
public final class Replay {

    private final OpenAccounts accounts;
    private final Inbox inbox;
    private final Means means;
    private final Journal journal;
    private final LateStoring late;
    private final Corrections corrections;

    public Replay(OpenAccounts accounts, Inbox inbox) {
        this.accounts = accounts;
        this.inbox = inbox;
        this.means = inbox.means();
        this.journal = means.journal();
        this.late = new LateStoring(means);
        this.corrections = new Corrections(means);
    }

    /// What became of it.
    public sealed interface Result {

        /// It was appended.
        ///
        /// @param interactions none where the plugin has nothing to see in it now, or where it
        ///   waits for its target again
        record Replayed(List<InteractionId> interactions) implements Result {}

        /// There is no such inbound dead letter.
        record Unknown() implements Result {}

        /// It was replayed or given up before.
        record Closed() implements Result {}

        /// It stays as it is; `why` is for an operator.
        record Failed(String why) implements Result {}
    }

    /// Translates one again.
    ///
    /// @param actor who asked for it, for the audit
    /// @throws JournalUnavailable nothing can be made durable
    public Result replay(long deadLetter, String actor) throws InterruptedException {
        Optional<DeadLetters.DeadLetter> found = find(deadLetter);
        if (found.isEmpty()) {
            return new Result.Unknown();
        }
        DeadLetters.DeadLetter letter = found.get();
        if (letter.closedAt() != null) {
            return new Result.Closed();
        }
        if (letter.kind().equals(DeadEvents.PARKED)) {
            return parked(letter, actor);
        }
        return switch (accounts.find(letter.account())) {
            case OpenAccounts.Found.Unknown _ ->
                    new Result.Failed("the account " + letter.account() + " is gone");
            case OpenAccounts.Found.Down down ->
                    new Result.Failed(
                            "the account " + letter.account() + " is down: " + down.why());
            case OpenAccounts.Found.Open open -> event(open.account(), letter, actor);
        };
    }

    private Optional<DeadLetters.DeadLetter> find(long id) {
        return journal.deadLetters()
                .byId(id)
                .filter(letter -> letter.direction() == Direction.INBOUND);
    }

    private Result event(OpenAccount account, DeadLetters.DeadLetter letter, String actor)
            throws InterruptedException {
        Optional<Translates> translates = account.ability(Translates.class);
        if (translates.isEmpty()) {
            return new Result.Failed("the account receives nothing any more");
        }
        var about = letter.interaction();
        var first = about == null ? Optional.<Row>empty() : journal.log().byId(about);
        if (about != null) {
            if (first.isEmpty()) {
                return new Result.Failed("what was made of it is no longer kept");
            }
            if (!Correctable.isOf(account, InteractionJson.decode(first.get().body().toArray()))) {
                return new Result.Failed("another plugin or channel serves the account by now");
            }
        }
        DeadEvents.Kept kept = DeadEvents.read(letter.payload());
        var arrived =
                new Arrived(
                        account,
                        translates.get(),
                        kept.events(),
                        List.of(),
                        List.of(),
                        kept.receivedAt(),
                        kept.traceparent(),
                        Arrived.Unity.of(kept.events()),
                        null,
                        List.of(),
                        true);
        try {
            Translated translated = inbox.translation().asked(arrived).getFirst();
            if (first.isPresent() && translated.spoiled() == null) {
                return corrected(arrived, translated, first.get(), closing(letter.id(), actor));
            }
            return translated.spoiled() == null
                    ? store(arrived, translated, letter, actor)
                    : new Result.Failed(translated.spoiled().text());
        } catch (PluginFailure failure) {
            return new Result.Failed("the plugin hangs or is being closed");
        }
    }

    /// Of what is stored already and was translated anew in vain: no more than a correction.
    private Result corrected(Arrived arrived, Translated translated, Row first, Item closing) {
        try {
            var decided = corrections.decided(arrived, translated, first);
            if (decided.verdict() == Corrections.Verdict.PASSED) {
                return new Result.Failed(
                        "what the plugin makes of it is no correction of what is stored");
            }
            var items = new ArrayList<Item>(decided.items());
            items.add(closing);
            return Late.committed(journal, new Unit(items)) instanceof Commit.Done
                    ? new Result.Replayed(decided.made())
                    : new Result.Failed("others write about the same; try again");
        } catch (Nonsense | IllegalArgumentException | InvalidJson | UnitRefused unfit) {
            return new Result.Failed("what the plugin made of it cannot be stored");
        }
    }

    private Result store(
            Arrived arrived, Translated translated, DeadLetters.DeadLetter letter, String actor) {
        return switch (late.store(arrived, translated, closing(letter.id(), actor))) {
            case LateStoring.Result.Stored(var interactions) -> new Result.Replayed(interactions);
            case LateStoring.Result.Unfit _ ->
                    new Result.Failed("what the plugin made of it cannot be stored");
            case LateStoring.Result.Taken _ -> new Result.Closed();
            case LateStoring.Result.Busy _ ->
                    new Result.Failed("too many others write about the same; try again");
        };
    }

    /// Stored if its target is known by now, else it waits for it anew.
    private Result parked(DeadLetters.DeadLetter letter, String actor) {
        var waiting = DeadEvents.parked(letter.account(), letter.payload());
        var park =
                new Item(
                        null,
                        List.of(),
                        List.of(
                                new Change.Park(
                                        waiting.account(),
                                        waiting.externalId(),
                                        means.clock().instant(),
                                        waiting.body())));
        var unit = new Unit(List.of(park, closing(letter.id(), actor)));
        if (!(Late.committed(journal, unit) instanceof Commit.Done)) {
            return new Result.Closed();
        }
        Late.free(journal, waiting.account(), Set.of(waiting.externalId()));
        return new Result.Replayed(List.of());
    }

    private Item closing(long deadLetter, String actor) {
        Instant now = means.clock().instant();
        return new Item(
                null,
                List.of(new Expect.DeadLetterOpen(deadLetter)),
                List.of(
                        new Change.CloseDeadLetter(deadLetter, true, now),
                        new Change.AddAudit(
                                actor, "dead-letter.replay", Long.toString(deadLetter), "", now)));
    }
}
