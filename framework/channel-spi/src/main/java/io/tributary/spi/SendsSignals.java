package io.tributary.spi;

import org.jspecify.annotations.Nullable;

/// Can show the other end that somebody is writing or has read.
@Preview
public interface SendsSignals {

    /// Passes a signal on. Best effort: dropped when late (guarantee 27). Deadline 5 s.
    ///
    /// @param upTo of [Kind#READ]: the provider's id of the last thing that was read; null
    ///   otherwise
    void signal(Conversation conversation, Kind kind, @Nullable String upTo) throws Exception;

    /// What is to be shown.
    enum Kind {
        /// Somebody on our side is writing.
        TYPING,
        /// Not any more.
        IDLE,
        /// Somebody on our side has read.
        READ
    }
}
