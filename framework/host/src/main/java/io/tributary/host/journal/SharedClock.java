package io.tributary.host.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The time by the database's clock, as this member's own runs on from when it was last compared:
/// what one member lets end at a time ends at the same time on another, whatever their own clocks
/// say. Near to half a round trip.
final class SharedClock implements InstantSource {

    private final ReadPool pool;
    private final InstantSource own;
    private volatile Duration ahead = Duration.ZERO;

    SharedClock(ReadPool pool, InstantSource own) {
        this.pool = pool;
        this.own = own;
    }

    /// Compares.
    void look() {
        ahead =
                pool.read(sql -> {
                    Instant before = own.instant();
                    Instant there =
                            sql.first("select now_v1()", Columns::instant)
                                    .orElseThrow(() -> new Damaged("the clock"));
                    Duration trip = Duration.between(before, own.instant());
                    return Duration.between(before.plus(trip.dividedBy(2)), there);
                });
    }

    @Override
    public Instant instant() {
        return own.instant().plus(ahead);
    }
}
