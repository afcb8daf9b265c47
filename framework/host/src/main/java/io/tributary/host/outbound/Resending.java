package io.tributary.host.outbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.UnitRefused;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import io.tributary.model.Part;
import io.tributary.model.Target;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Sends again what failed for good: what an outbound dead letter carries is posted as a new reply,
/// through the gate as it is now, in its author's name and to the same end, with as much time as it
/// was given first. What has arrived or was taken after all is left out; what a fallback plan has
/// said elsewhere has arrived.
///
/// The dead letter is closed in the commit that brings the reply, so that it happens once.
/// Blocking; thread safe.
public final class Resending {

    private static final int MOST_TRIES = 8;

    private final Journal journal;
    private final Replies replies;
    private final InstantSource clock;

    public Resending(Journal journal, Replies replies, InstantSource clock) {
        this.journal = journal;
        this.replies = replies;
        this.clock = clock;
    }

    /// What became of it.
    public sealed interface Result {

        /// It is being sent.
        record Taken(InteractionId interaction) implements Result {}

        /// Nothing of it is left to send: all of it has arrived or was taken. It is closed.
        record Arrived() implements Result {}

        /// There is no such outbound dead letter.
        record Unknown() implements Result {}

        /// It was replayed or given up before.
        record Closed() implements Result {}

        /// The gate does not let it through.
        record Refused(Posted.Refused why) implements Result {}

        /// It stays as it is; `why` is for an operator.
        record Failed(String why) implements Result {}
    }

    /// Sends one again.
    ///
    /// @param actor who asked for it, for the audit
    /// @throws JournalUnavailable nothing can be made durable
    public Result send(long deadLetter, String actor) throws InterruptedException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            var found = find(deadLetter);
            if (found.isEmpty()) {
                return new Result.Unknown();
            }
            if (found.get().closedAt() != null) {
                return new Result.Closed();
            }
            try {
                var failed = failed(found.get());
                var elsewhere = FallbackReplay.of(failed.interaction(), journal);
                var left = elsewhere.hasArrived() ? List.<Part>of() : failed.left();
                var result =
                        left.isEmpty()
                                ? arrived(deadLetter, actor)
                                : sent(new Again(deadLetter, actor, failed, left, elsewhere));
                if (result.isPresent()) {
                    return result.get();
                }
            } catch (Refusal refusal) {
                return new Result.Refused(refusal.refused());
            } catch (UnitRefused _) {
                return new Result.Failed("it contradicts what is stored");
            } catch (Hopeless hopeless) {
                return new Result.Failed(hopeless.why);
            }
        }
        return new Result.Failed("too many others write about the same; try again");
    }

    /// Leaves the way of a dead letter that cannot be sent again.
    private static final class Hopeless extends Exception {

        private static final long serialVersionUID = 1L;

        private final String why;

        Hopeless(String why) {
            super(why, null, false, false);
            this.why = why;
        }
    }

    private Optional<DeadLetters.DeadLetter> find(long id) {
        return journal.deadLetters()
                .byId(id)
                .filter(letter -> letter.direction() == Direction.OUTBOUND);
    }

    /// What is to be sent again.
    private record Again(
            long deadLetter,
            String actor,
            Failed failed,
            List<Part> left,
            FallbackReplay elsewhere) {}

    private Failed failed(DeadLetters.DeadLetter letter) throws Hopeless {
        return Failed.of(letter, journal)
                .orElseThrow(() -> new Hopeless("what was sent is no longer kept"));
    }

    /// @return empty: something of it has changed meanwhile
    private Optional<Result> sent(Again again) throws Hopeless, Refusal, InterruptedException {
        var failed = again.failed();
        if (failed.isUnclear()) {
            throw new Hopeless(
                    "the provider took something of it and does not say what: sent again that might"
                            + " arrive twice");
        }
        if (again.elsewhere().isUnderWay()) {
            throw new Hopeless("its fallback plan still says the same elsewhere");
        }
        var decision = replies.decided(reply(failed, again.left()));
        var id = decision.interaction().id();
        var expects = new ArrayList<>(again.elsewhere().expects());
        expects.add(new Expect.DeadLetterOpen(again.deadLetter()));
        expects.add(new Expect.NotArrived(failed.interaction().id(), failed.awaited()));
        var changes =
                new ArrayList<>(
                        closing(
                                again.deadLetter(),
                                true,
                                again.actor(),
                                "dead-letter.replay",
                                id.toString()));
        changes.addAll(again.elsewhere().changes(decision.interaction(), clock.instant()));
        var items = new ArrayList<Item>(decision.unit().items());
        items.add(new Item(null, expects, changes));
        return done(new Unit(items)) ? Optional.of(new Result.Taken(id)) : Optional.empty();
    }

    private Optional<Result> arrived(long deadLetter, String actor) throws InterruptedException {
        var unit =
                Unit.of(
                        List.of(new Expect.DeadLetterOpen(deadLetter)),
                        closing(deadLetter, false, actor, "dead-letter.arrived", ""));
        return done(unit) ? Optional.of(new Result.Arrived()) : Optional.empty();
    }

    private Reply reply(Failed failed, List<Part> left) throws Hopeless {
        var interaction = failed.interaction();
        var conversation = interaction.conversation();
        if (conversation == null) {
            throw new Hopeless("it belongs to no conversation");
        }
        var until = failed.expiresAt();
        var draft =
                new Draft(
                        left,
                        interaction.actor(),
                        until == null ? null : Duration.between(interaction.receivedAt(), until),
                        PriorityMark.of(interaction),
                        Carriage.theirs(interaction),
                        interaction.traceparent(),
                        null);
        return Reply.of(conversation, draft)
                .via(interaction.line(), interaction.address())
                .about(known(interaction.target()))
                .answering(stillKept(known(interaction.inReplyTo())))
                .again();
    }

    private static @Nullable InteractionId known(@Nullable Target target) {
        return target instanceof Target.Known about ? about.interaction() : null;
    }

    /// An answer may go without what it answered.
    private @Nullable InteractionId stillKept(@Nullable InteractionId answered) {
        return answered != null && journal.log().byId(answered).isPresent() ? answered : null;
    }

    private List<Change> closing(
            long deadLetter, boolean replayed, String actor, String action, String detail) {
        var now = clock.instant();
        return List.of(
                new Change.CloseDeadLetter(deadLetter, replayed, now),
                new Change.AddAudit(actor, action, Long.toString(deadLetter), detail, now));
    }

    private boolean done(Unit unit) throws InterruptedException {
        try {
            return journal.append(unit).get() instanceof Commit.Done;
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case JournalUnavailable down -> throw down;
                case UnitRefused refused -> throw refused;
                case null, default ->
                        throw new JournalUnavailable(
                                "the journal failed to store a reply", failure);
            }
        }
    }
}
