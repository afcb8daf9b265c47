package io.tributary.faults;

/// A promise that was broken.
///
/// @param text where, for whoever looks for the cause
record Violation(Kind kind, String text) {

    /// Which promise.
    enum Kind {
        /// It was acknowledged and is not in the log.
        LOST,
        /// It is in the log more than once.
        DOUBLED,
        /// A later message of the same sender stands before it.
        REORDERED,
        /// Nobody sent what is in the log.
        PHANTOM,
        /// A position is missing in the log, or stands where it should not.
        GAP,
        /// A reader was never shown what is in the log.
        MISSED,
        /// A reader was shown a position again.
        REPEATED,
        /// A reader was shown something else than the log holds there.
        DIFFERENT,
        /// A member sent what another one was to send.
        NOT_OWNER,
        /// The log says of a message what is not so at the provider.
        CONTRADICTED,
        /// More was handed to the provider than its limits allow.
        EXCEEDED
    }
}
