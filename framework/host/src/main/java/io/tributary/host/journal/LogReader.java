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

    /// @param seen everything up to this position was looked at
    record Page(List<Row> rows, long seen) {}

    record Raw(
            String kind,
            java.util.Map<String, String> notes,
            io.tributary.model.Bytes body,
            java.time.Instant receivedAt) {}
}
