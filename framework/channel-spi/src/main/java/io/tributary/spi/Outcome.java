package io.tributary.spi;

import io.tributary.model.InteractionId;
import java.util.List;

/// What became of one delivered event. Whatever it says, the event is durable: acknowledge it.
///
/// @param ids the interactions that it became, or that the one before it became; empty for some
///   fates
public record Outcome(Fate fate, List<InteractionId> ids) {

    /// What became of it.
    public enum Fate {
        /// In the log.
        STORED,
        /// It was there already.
        DUPLICATE,
        /// A piece, kept until the whole is there.
        GATHERED,
        /// It could not be translated; kept for repair.
        DEAD_LETTER
    }

    public Outcome {
        ids = List.copyOf(ids);
    }
}
