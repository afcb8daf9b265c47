package io.tributary.host.outbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Unit;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import io.tributary.model.Target;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sends again what failed for good: what an outbound dead letter carries is posted as a new reply,
/// through the gate as it is now, in its author's name and to the same end.
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
                var reply = reply(found.get());
                var decision = replies.decided(reply);
                if (commit(decision, deadLetter, actor) instanceof Commit.Done) {
                    return new Result.Taken(decision.interaction().id());
                }
            } catch (Refusal refusal) {
                return new Result.Refused(refusal.refused());
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

    private Reply reply(DeadLetters.DeadLetter letter) throws Hopeless {
        var interaction = interaction(letter);
        var conversation = interaction.conversation();
        if (conversation == null) {
            throw new Hopeless("it belongs to no conversation");
        }
        var failed = Failed.of(letter, interaction, journal.outbox());
        if (failed.isEmpty()) {
            throw new Hopeless("what was sent is no longer kept");
        }
        if (failed.get().isThere()) {
            throw new Hopeless("it has arrived after all, the provider says");
        }
        var draft =
                new Draft(
                        failed.get().parts(),
                        interaction.actor(),
                        null,
                        Carriage.theirs(interaction),
                        interaction.traceparent(),
                        null);
        return Reply.of(conversation, draft)
                .via(interaction.line(), interaction.address())
                .about(known(interaction.target()))
                .answering(known(interaction.inReplyTo()))
                .again();
    }

    private Interaction interaction(DeadLetters.DeadLetter letter) throws Hopeless {
        var id = letter.interaction();
        if (id == null) {
            throw new Hopeless("it belongs to no interaction");
        }
        return journal.log()
                .byId(id)
                .map(Bodies::of)
                .orElseThrow(() -> new Hopeless("what was sent is no longer kept"));
    }

    private static @Nullable InteractionId known(@Nullable Target target) {
        return target instanceof Target.Known about ? about.interaction() : null;
    }

    private Commit commit(Replies.Decision decision, long deadLetter, String actor)
            throws InterruptedException {
        var now = clock.instant();
        var items = new ArrayList<Item>(decision.unit().items());
        items.add(
                new Item(
                        null,
                        List.of(new Expect.DeadLetterOpen(deadLetter)),
                        List.of(
                                new Change.CloseDeadLetter(deadLetter, true, now),
                                new Change.AddAudit(
                                        actor,
                                        "dead-letter.replay",
                                        Long.toString(deadLetter),
                                        decision.interaction().id().toString(),
                                        now))));
        return replies.commit(new Unit(items));
    }
}
