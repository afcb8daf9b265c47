package io.tributary.host.journal;

import java.time.Instant;
import java.util.List;

/// Reads who did what. Append-only and chained by hashes. Blocking, thread safe.
public interface Audit {

    /// Newest first, with ids smaller than `before`.
    List<Record> page(long before, int limit);

    /// The id of the newest; 0: there is none.
    long last();

    /// What was done after the record of this id, oldest first. Whoever asks from where the last
    /// answer ended misses nothing: records are numbered in the order of their commits.
    List<Deed> after(long id, int limit);

    /// What was done, without what else is known of it.
    record Deed(long id, String action, String target) {}

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
