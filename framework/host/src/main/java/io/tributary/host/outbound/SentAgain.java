package io.tributary.host.outbound;

import io.tributary.model.Reason;
import org.jspecify.annotations.Nullable;

/// The mark of a send that goes out once more although nobody knows what became of it. It stays
/// with the send as its reason until it is final: whatever comes of a later attempt, an earlier one
/// may have arrived.
final class SentAgain {

    static final String CODE = "sent-again";
    static final String TEXT = "nobody knows what became of it; it goes out at least once";

    private SentAgain() {}

    static boolean marks(@Nullable Reason reason) {
        return reason != null && reason.code().equals(CODE);
    }

    /// The reason of a send that moves.
    ///
    /// @param before the reason that it has
    /// @param now the one that it would get
    static @Nullable Reason kept(@Nullable Reason before, @Nullable Reason now) {
        if (!marks(before) || marks(now)) {
            return now;
        }
        return now == null ? before : Reason.of(CODE, TEXT + "; last: " + now.text());
    }
}
