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

    /// In one statement, which locks so many rows for a moment.
    private static final int AT_ONCE = 100;

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
        List<Fetch> all = List.copyOf(taken);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            hold(all.subList(from, Math.min(from + AT_ONCE, all.size())));
        }
    }

    /// Waits for no row, so that it keeps nobody waiting who waits for one of its own: a row that
    /// is locked is about to end or to be put off, or is taken by another member.
    private void hold(List<Fetch> some) {
        byte[][] media = ids(some.stream().map(Fetch::media));
        Long[] claims = some.stream().map(Fetch::claim).toArray(Long[]::new);
        var _ =
                pool.read(sql ->
                        sql.update(
                                "update \"fetch\" set not_before = now_v1() + ?"
                                        + " where media in (select f.media from \"fetch\" f"
                                        + " join unnest(?, ?) as mine (media, claim)"
                                        + " on mine.media = f.media and mine.claim = f.claim"
                                        + " order by f.media for update of f skip locked)",
                                HELD,
                                media,
                                claims));
    }
}
