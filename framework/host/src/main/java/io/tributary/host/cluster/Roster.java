package io.tributary.host.cluster;

import java.util.List;
import java.util.UUID;

/// Which members there should be: the rows of the members' table, as the grid asks for them.
///
/// Called on one thread of the grid's own, which may block. What takes longer than it may is
/// interrupted and counts as failed, so whoever implements it sets time-outs of its own as well.
/// Unchecked exceptions mean that the table cannot be asked now; nobody is judged then.
public interface Roster {

    /// Writes this member's row, or puts the grid's name for this member into the one there is.
    ///
    /// Called right after this member has joined and before it tells anybody anything; again when
    /// the grid calls it otherwise (a torn grid became whole again); and, every second or so, while
    /// [#live()] does not show it: an operator removed the row, a fail-over lost it, or its lease
    /// ran out.
    ///
    /// @param gridMember what the grid calls this member now
    /// @throws GridRefused it may not be a member, such as when another has its name and is alive;
    ///   at the start it does not join then
    void enter(UUID gridMember) throws GridRefused;

    /// The members whose lease is live *now*, by the database's clock. A row whose lease has run
    /// out is none: its member is gone or cut off, and what the grid called it is anybody's.
    List<Entry> live();

    /// A member's row.
    ///
    /// @param name of the member, as configured
    /// @param gridMember what the grid calls it
    /// @param epoch higher for each start of any member, so that of two rows of one name the newer
    ///   one is told
    record Entry(String name, UUID gridMember, long epoch) {}
}
