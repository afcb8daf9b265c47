package io.tributary.host.journal;

import io.tributary.model.MediaId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Jobs that several members share: taken and held by the database's clock.
final class PostgresFetchJobs implements FetchJobs {

    private static final long HELD = Duration.ofMinutes(1).toMillis() * 1000;

    private final ReadPool pool;

    PostgresFetchJobs(ReadPool pool) {
        this.pool = pool;
    }

    @Override
    public List<Fetch> take(int limit, Set<MediaId> mine) {
        byte[][] without = ids(mine.stream());
        return pool.read(sql ->
                sql.list(
                        "select " + MediaReads.FETCH + " from take_fetches_v2(?, ?, ?)",
                        MediaReads::fetch,
                        HELD,
                        limit,
                        without));
    }

    private static byte[][] ids(Stream<MediaId> media) {
        return media.map(id -> Sql.bytes(id.value())).toArray(byte[][]::new);
    }

    @Override
    public void hold(Collection<Fetch> taken) {
        if (taken.isEmpty()) {
            return;
        }
        var _ =
                pool.read(sql -> {
                    int held = 0;
                    for (Fetch fetch : taken) {
                        held +=
                                sql.update(
                                        "update \"fetch\" set not_before = now_v1() + ?"
                                                + " where media = ? and claim = ?",
                                        HELD,
                                        fetch.media(),
                                        fetch.claim());
                    }
                    return held;
                });
    }
}
