package io.tributary.host.cluster;

import java.util.UUID;

/// Which members there should be: the rows of the members' table. Asked on a thread of the grid's
/// own, which may block.
@FunctionalInterface
public interface Roster {

    /// Whether a member of the grid has a row. May throw what it likes when that cannot be said:
    /// nobody is held for a stranger then.
    boolean knows(UUID gridMember);
}
