package io.tributary.host.cluster;

import io.tributary.model.AccountId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A conversation that is not closed. Immutable.
///
/// @param answered whether the first answer was given, or none is due since we began
/// @param waitingSince when the customer said the first thing that nobody answered yet; null:
///   nothing waits
record Ongoing(AccountId account, boolean answered, @Nullable Instant waitingSince) {

    /// The customer says something.
    static Ongoing asked(@Nullable Ongoing before, AccountId account, Instant at) {
        // as exact as a snapshot
        Instant since = at.truncatedTo(ChronoUnit.MILLIS);
        if (before == null) {
            return new Ongoing(account, false, since);
        }
        return before.waitingSince() == null
                ? new Ongoing(before.account(), before.answered(), since)
                : before;
    }

    /// We say something.
    static Ongoing answered(@Nullable Ongoing before, AccountId account) {
        return new Ongoing(before == null ? account : before.account(), true, null);
    }
}
