package io.tributary.host.inbound;

import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.UnitRefused;
import io.tributary.model.InteractionId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Stores what was durable before it was translated: dead letters that are replayed, wholes that
/// were put together. Blocking; thread safe.
final class LateStoring {

    private static final int MOST_TRIES = 8;

    private final Means means;
    private final Journal journal;

    LateStoring(Means means) {
        this.means = means;
        this.journal = means.journal();
    }

    /// What became of it.
    sealed interface Result {

        record Stored(List<InteractionId> interactions) implements Result {}

        /// What the plugin made of it cannot be stored.
        record Unfit(@Nullable Throwable why) implements Result {}

        /// What it was made of is no longer as it was: somebody else has taken it up.
        record Taken() implements Result {}

        /// Too many others write about the same; it may work later.
        record Busy() implements Result {}
    }

    /// @throws JournalUnavailable nothing can be made durable
    /// @param closing ends what it was made of, in the same commit; what it expects tells whether
    ///   somebody else has done so
    Result store(Arrived arrived, Translated translated, Item closing) {
        Set<String> awaited = new HashSet<>();
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Plan plan;
            try {
                plan =
                        new Decision(means, arrived, true, awaited)
                                .decide(List.of(translated), List.of());
            } catch (Decision.Spoiled spoiled) {
                return new Result.Unfit(spoiled.getCause());
            }
            var items = new ArrayList<Item>(plan.unit().items());
            items.add(closing);
            Commit commit;
            try {
                commit = Late.committed(journal, new Unit(items));
            } catch (UnitRefused refused) {
                return new Result.Unfit(refused);
            }
            switch (commit) {
                case Commit.Done _ -> {
                    plan.whereabouts().learn();
                    Late.free(journal, arrived.account().id(), plan.again());
                    return new Result.Stored(plan.ids().getFirst());
                }
                case Commit.Stale stale when closing.expects().contains(stale.failed()) -> {
                    return new Result.Taken();
                }
                case Commit.Stale stale -> {
                    if (stale.failed() instanceof Expect.NothingParked parked) {
                        awaited.add(parked.externalId());
                    }
                }
            }
        }
        return new Result.Busy();
    }
}
