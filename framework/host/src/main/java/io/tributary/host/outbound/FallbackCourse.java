package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox.Priority;
import io.tributary.model.AccountId;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.ConversationId;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import io.tributary.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plan and what was done by it.
///
/// @param life after which each message of it is of no use; null: the usual
/// @param priority of each message of it
/// @param tried in order; of those that were begun the last is the one that is waited for
/// @param endedAt when nothing more was to be tried; null: it goes on
/// @param said the first message as its author wrote it
public record FallbackCourse(
        FallbackPlan plan,
        @Nullable Duration life,
        Priority priority,
        List<Tried> tried,
        @Nullable Instant endedAt,
        Interaction said) {

    public FallbackCourse {
        tried = List.copyOf(tried);
    }

    /// What became of a step.
    public enum Outcome {
        /// The gate refused it.
        SKIPPED,
        /// It is under way.
        WAITING,
        /// It got far enough.
        REACHED,
        /// It will not arrive.
        FAILED,
        /// It did not get far enough, in time or in all its parts, and something of it may be with
        /// the customer all the same.
        LEFT,
        /// It was taken back before it was sent.
        CANCELLED
    }

    /// One step.
    ///
    /// @param step from 1
    /// @param interaction null: none came of it, as of all that follow up to the account
    /// @param until how far it has to get: less than the plan says where its channel tells less
    /// @param at when it was begun or skipped
    /// @param reason of the outcome
    /// @param doubled whether it, or some of it, got far enough although another had been sent: the
    ///   customer may have it twice
    public record Tried(
            int step,
            Outcome outcome,
            @Nullable InteractionId interaction,
            @Nullable ConversationId conversation,
            @Nullable AccountId account,
            @Nullable String address,
            Status until,
            Instant at,
            @Nullable Reason reason,
            boolean doubled) {

        static Tried begun(int step, Interaction interaction, Status until) {
            return new Tried(
                    step,
                    Outcome.WAITING,
                    interaction.id(),
                    interaction.conversation(),
                    interaction.account(),
                    interaction.address(),
                    until,
                    interaction.receivedAt(),
                    null,
                    false);
        }

        static Tried skipped(int step, Status until, Instant at, Reason why) {
            return new Tried(step, Outcome.SKIPPED, null, null, null, null, until, at, why, false);
        }

        /// The same, with the end to which it would have gone.
        Tried at(Interaction said) {
            return new Tried(
                    step,
                    outcome,
                    interaction,
                    said.conversation(),
                    said.account(),
                    said.address(),
                    until,
                    at,
                    reason,
                    doubled);
        }

        Tried became(Outcome other, @Nullable Reason why) {
            return new Tried(
                    step,
                    other,
                    interaction,
                    conversation,
                    account,
                    address,
                    until,
                    at,
                    why,
                    doubled);
        }

        Tried twice() {
            return new Tried(
                    step,
                    outcome,
                    interaction,
                    conversation,
                    account,
                    address,
                    until,
                    at,
                    reason,
                    true);
        }

        /// Whether it is waited for, or nobody knows what becomes of it.
        boolean isOpen() {
            return outcome == Outcome.WAITING || outcome == Outcome.LEFT;
        }

        /// Whether it may yet get far enough: a receipt may come after a failure, and counts more.
        boolean mayArrive() {
            return isOpen() || (outcome == Outcome.FAILED && interaction != null);
        }
    }

    /// One that goes on, with what the author wanted for each message.
    static FallbackCourse of(FallbackPlan plan, Draft draft, List<Tried> tried, Interaction said) {
        return new FallbackCourse(plan, draft.timeToLive(), draft.priority(), tried, null, said);
    }

    /// What the author wanted to say, for another end.
    Draft draft() {
        return new Draft(
                said.parts(),
                said.actor(),
                life,
                priority,
                Carriage.theirs(said),
                said.traceparent(),
                null);
    }

    /// Whether another message was begun after this one.
    boolean isFollowed(InteractionId step) {
        return tried.stream()
                .dropWhile(each -> !step.equals(each.interaction()))
                .skip(1)
                .anyMatch(each -> each.interaction() != null);
    }

    /// Those before this one that may arrive yet.
    List<Tried> before(InteractionId step) {
        return tried.stream()
                .takeWhile(each -> !step.equals(each.interaction()))
                .filter(Tried::mayArrive)
                .toList();
    }

    /// The number of the step that comes next; more than there are: none.
    int next() {
        return tried.isEmpty() ? 1 : tried.getLast().step() + 1;
    }

    FallbackCourse with(List<Tried> all, @Nullable Instant end) {
        return new FallbackCourse(plan, life, priority, all, end, said);
    }

    /// The same with one more.
    FallbackCourse plus(List<Tried> more) {
        var all = new ArrayList<>(tried);
        all.addAll(more);
        return with(all, endedAt);
    }

    /// Nothing of it: it holds addresses and words.
    @Override
    public String toString() {
        return "FallbackCourse[...]";
    }
}
