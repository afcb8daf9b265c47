package io.tributary.host.journal;

import java.util.List;

/// What became of a unit.
public sealed interface Commit {

    /// Durable. One result per item, in order.
    record Done(List<Result> results) implements Commit {}

    /// Nothing was written, since `failed` no longer held for the item with this index: read again,
    /// decide anew, send again.
    record Stale(int item, Expect failed) implements Commit {}

    sealed interface Result {

        /// The item is stored now.
        ///
        /// @param first the position of the item's first interaction; 0 when it brought none
        /// @param count how many interactions, in positions that follow each other
        record Stored(long first, int count) implements Result {}

        /// Stored earlier, under these positions.
        record Duplicate(long first, int count) implements Result {}
    }

    /// The results, or an exception that names the stale expectation: for writes that nobody races.
    default List<Result> need() {
        return switch (this) {
            case Done done -> done.results();
            case Stale stale -> throw new IllegalStateException("no longer so: " + stale.failed());
        };
    }
}
