package io.tributary.host.journal;

import java.time.Instant;
import java.util.List;

/// Reads who did what. Append-only and chained by hashes. Blocking, thread safe.
public interface Audit {

    /// Newest first, with ids smaller than `before`.
    List<Record> page(long before, int limit);

    /// The id of the first record whose hash does not follow from the one before; 0 when all do.
    long firstBroken();

    /// One thing that was done. The name is right in this place, whatever `java.lang` has.
    @SuppressWarnings("AvoidCommonTypeNames")
    record Record(
            long id,
            Instant at,
            String actor,
            String action,
            String target,
            String detail,
            String hash) {}
}
