package io.tributary.host.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The time by the database's clock, as this member's own runs on from when it was last compared:
/// what one member lets end at a time ends at the same time on another, whatever their own clocks
/// say. Near to half a round trip; the member's own time until it was compared. Thread safe.
final class SharedClock implements InstantSource {

    private static final Logger LOG = LoggerFactory.getLogger(SharedClock.class);

    /// An operator is to hear of more: clocks that are kept in step differ by less.
    private static final Duration STRANGE = Duration.ofSeconds(2);

    /// What took longer tells too little.
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final InstantSource own;
    private volatile @Nullable Duration ahead;
    private boolean told;

    SharedClock(InstantSource own) {
        this.own = own;
    }

    /// Compares. One caller at a time.
    void look(ReadPool pool) {
        pool.read(sql -> {
            Instant before = own.instant();
            long began = System.nanoTime();
            Instant there =
                    sql.first("select now_v1()", Columns::instant)
                            .orElseThrow(() -> new Damaged("the clock"));
            // not by a clock that somebody may have put back meanwhile
            var trip = Duration.ofNanos(System.nanoTime() - began);
            compared(trip, Duration.between(before, there));
            return there;
        });
        tell();
    }

    /// @param trip from the question to its answer
    /// @param there the database's time in the answer, since the question by our own clock
    void compared(Duration trip, Duration there) {
        Duration half = trip.dividedBy(2);
        Duration now = there.minus(half);
        Duration known = ahead;
        if (known == null) {
            ahead = now;
        } else if (trip.compareTo(SLOW) < 0 && now.minus(known).abs().compareTo(half) > 0) {
            // else it may well be as it was: time does not tremble with each comparison
            ahead = now;
        }
    }

    private void tell() {
        boolean strange = isStrange(skew());
        if (strange && !told) {
            LOG.warn("{}", text(skew()));
        } else if (!strange && told) {
            LOG.info("this machine's clock agrees with the database's again");
        }
        told = strange;
    }

    /// How far this member's own clock is ahead of the database's; less than zero: behind.
    Duration skew() {
        Duration now = ahead;
        return now == null ? Duration.ZERO : now.negated();
    }

    static boolean isStrange(Duration skew) {
        return skew.abs().compareTo(STRANGE) > 0;
    }

    /// For an operator.
    static String text(Duration skew) {
        return "this machine's clock is %d s %s the database's: keep all of them in step (NTP); meanwhile the database's counts"
                .formatted(skew.abs().toSeconds(), skew.isNegative() ? "behind" : "ahead of");
    }

    @Override
    public Instant instant() {
        Duration now = ahead;
        return now == null ? own.instant() : own.instant().plus(now);
    }
}
