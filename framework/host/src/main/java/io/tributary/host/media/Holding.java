package io.tributary.host.media;

import io.tributary.host.journal.FetchJobs;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/// Keeps the jobs that a member has under way its own. For one thread.
final class Holding {

    /// So that they stay ours, with several tries before they would not.
    static final long EVERY = Duration.ofSeconds(15).toNanos();

    private final FetchJobs jobs;
    private final LongSupplier nanos;
    private long held;

    /// @param nanos as [System#nanoTime()]
    Holding(FetchJobs jobs, LongSupplier nanos) {
        this.jobs = jobs;
        this.nanos = nanos;
        this.held = nanos.getAsLong();
    }

    /// Holds them where it is time to. It stays time to until it was done.
    ///
    /// @param underWay may change meanwhile
    /// @throws io.tributary.host.journal.JournalUnavailable they could not be held
    void look(Collection<FetchJobs.Fetch> underWay) {
        long now = nanos.getAsLong();
        if (now - held > EVERY) {
            jobs.hold(List.copyOf(underWay));
            held = now;
        }
    }
}
