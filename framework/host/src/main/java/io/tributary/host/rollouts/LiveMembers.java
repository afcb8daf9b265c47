package io.tributary.host.rollouts;

import java.util.Set;

/// Which members there are. Thread safe; may read the journal.
@FunctionalInterface
public interface LiveMembers {

    /// Whether this run of a member is still there, by the clock of the database: one that could
    /// not say so for long enough counts as gone, although it may go on.
    ///
    /// @param member the run's epoch
    /// @throws io.tributary.host.journal.JournalUnavailable nobody can tell
    boolean live(long member);

    /// All that are there, for people to see who has not come along yet; those that nobody counts
    /// are seen once they said something.
    default Set<Long> all() {
        return Set.of();
    }
}
