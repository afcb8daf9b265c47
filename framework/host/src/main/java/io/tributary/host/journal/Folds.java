package io.tributary.host.journal;

import io.tributary.model.Bytes;
import java.time.Instant;
import java.util.Optional;

/// What folds over the log have come to, so that who begins again goes on from there and need not
/// read all of the log. Nothing rests on it: what is missing is counted anew. Blocking; thread
/// safe.
public interface Folds {

    /// Where a fold stands.
    ///
    /// @param timeline that the position belongs to
    /// @param position the last one that is in it
    /// @param at when it was kept, by the clock that all members agree on
    record Mark(int timeline, long position, Instant at) {}

    /// A fold.
    ///
    /// @param body in a form that its maker knows
    record Kept(Mark mark, Bytes body) {}

    /// Where the one stands that is kept; empty: none is.
    Optional<Mark> mark(String name);

    Optional<Kept> find(String name);

    /// Keeps it in place of the one before, unless that is of a later timeline, or as far.
    ///
    /// @return whether it is kept
    boolean keep(String name, Kept kept);
}
