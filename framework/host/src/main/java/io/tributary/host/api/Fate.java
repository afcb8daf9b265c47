package io.tributary.host.api;

import io.tributary.model.InteractionId;
import java.util.List;

/// What became of a dead letter that was replayed or dropped.
sealed interface Fate {

    /// @param interactions that were appended
    record Replayed(List<InteractionId> interactions) implements Fate {}

    /// It was closed, since all that it carries has arrived or was taken after all.
    record Arrived() implements Fate {}

    /// It was closed, since nobody wants it any more.
    record Dropped() implements Fate {}

    /// Somebody has replayed it or given it up before.
    record Closed() implements Fate {}

    /// It stays open; `why` is for an operator.
    record Failed(String why) implements Fate {}

    /// Does something about one.
    @FunctionalInterface
    interface Deciding {

        /// @param letter its id
        /// @param actor who asked for it, for the audit
        Fate of(long letter, String actor) throws InterruptedException;
    }
}
