package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what is tried when messages do not arrive. Changed by [Change.PutFallback], which rests on
/// [Expect.FallbackIs]: so each step is taken once, whoever takes it. Blocking, thread safe.
public interface FallbackPlans {

    /// The plan that an interaction is a step of.
    Optional<Plan> of(InteractionId step);

    /// The interactions of a plan: its steps, and what was sent again of them.
    List<InteractionId> steps(InteractionId first);

    /// Those that are to be looked at by now, the oldest first.
    List<Plan> due(Instant now, int limit);

    /// Those with a step in one of these conversations that are still looked after.
    List<Plan> in(Collection<ConversationId> conversations);

    /// All that are still looked after, in order of their first interaction.
    ///
    /// @param after null: from the beginning
    List<Plan> watched(@Nullable InteractionId after, int limit);

    /// When the next is due; empty: none is looked after.
    Optional<Instant> next();

    enum State {
        /// A step is under way.
        RUNNING,
        /// A step has reached what was asked for.
        REACHED,
        /// No step is left.
        EXHAUSTED
    }

    /// One plan.
    ///
    /// @param first interaction of it
    /// @param conversation of the first
    /// @param account of the first
    /// @param dueAt when it is looked at again at the latest; null: never
    /// @param version 1 when it is new
    /// @param body opaque to the journal
    record Plan(
            InteractionId first,
            ConversationId conversation,
            AccountId account,
            State state,
            @Nullable Instant dueAt,
            long version,
            Instant changedAt,
            Bytes body) {}
}
