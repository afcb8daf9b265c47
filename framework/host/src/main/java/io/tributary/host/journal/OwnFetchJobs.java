package io.tributary.host.journal;

import io.tributary.model.MediaId;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Jobs of a member that has its log to itself: whatever it has not under way is to be had.
final class OwnFetchJobs implements FetchJobs {

    private final ReadPool pool;
    private final InstantSource clock;

    OwnFetchJobs(ReadPool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    @Override
    public List<Fetch> take(int limit, Set<MediaId> mine) {
        return pool
                .read(sql ->
                        sql.list(
                                "select "
                                        + MediaReads.FETCH
                                        + " from fetch where not_before <= ?"
                                        + " order by not_before, media limit ?",
                                MediaReads::fetch,
                                clock.instant(),
                                limit + mine.size()))
                .stream()
                .filter(fetch -> !mine.contains(fetch.media()))
                .limit(limit)
                .toList();
    }

    /// Nobody else would take them.
    @Override
    public void hold(Collection<Fetch> taken) {}
}
