package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.journal.Journal;
import io.tributary.model.AccountId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/// What everything that is done about sends has at hand.
///
/// @param epoch of this run of the member
/// @param atLeastOnce accounts that would rather have a message twice than not at all
/// @param underWay the sends that this member has begun and not written down the end of
record Equipment(
        Journal journal,
        OpenAccounts accounts,
        Wires wires,
        Ledger ledger,
        Settlement settlement,
        Permission permission,
        GoneAddresses gone,
        Outcomes outcomes,
        Backoff lookUps,
        InstantSource clock,
        Pace pace,
        long epoch,
        Set<AccountId> atLeastOnce,
        Standing standing,
        Set<Long> underWay) {

    /// The same for an account for which this member sends in another right.
    Equipment standing(Standing other) {
        return new Equipment(
                journal,
                accounts,
                wires,
                ledger,
                settlement,
                permission,
                gone,
                outcomes,
                lookUps,
                clock,
                pace,
                epoch,
                atLeastOnce,
                other,
                underWay);
    }

    Instant now() {
        return clock.instant();
    }
}
