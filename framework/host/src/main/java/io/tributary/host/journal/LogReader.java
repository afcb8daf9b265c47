package io.tributary.host.journal;

import io.tributary.model.InteractionId;
import java.util.List;
import java.util.Optional;

/// Reads the log. Blocking, thread safe.
public interface LogReader {

    /// A number that tells this log from any other; part of cursors.
    long identity();

    /// Raised when a restore or fail-over may have replaced positions.
    int timeline();

    /// The last position up to which a reader of that timeline has seen what this log holds: what
    /// an older cursor can go on from, when it lies beyond. `head()` for the current timeline; -1
    /// for one that never was.
    long lastCommon(int timeline);

    /// The last position; 0 when the log is empty.
    long head();

    /// The oldest position that is kept; `head() + 1` when none is.
    long oldest();

    /// The next rows after `position` that pass, at most `limit`.
    ///
    /// @return also how far was looked, so that a filtered reader moves on where nothing passes; a
    ///   call looks at a bounded stretch
    Page after(long position, Filter filter, int limit);

    Optional<Row> byId(InteractionId id);

    Optional<Row> at(long position);

    /// The raw event that an interaction was made of, if one was kept.
    Optional<Raw> raw(InteractionId id);

    /// A stretch of the log.
    ///
    /// @param seen everything up to this position was looked at
    /// @param gap whether positions after the one asked for are not kept any more, so that the rows
    ///   do not follow from it
    record Page(List<Row> rows, long seen, boolean gap) {

        public Page(List<Row> rows, long seen) {
            this(rows, seen, false);
        }
    }

    /// An event as it came.
    ///
    /// @param first position of the first interaction that was stored with it
    /// @param piece whether it is one of several that can be translated together only
    record Raw(
            long first,
            String kind,
            java.util.Map<String, String> notes,
            io.tributary.model.Bytes body,
            java.time.Instant receivedAt,
            boolean piece) {}
}
