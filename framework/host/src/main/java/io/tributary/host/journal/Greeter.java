package io.tributary.host.journal;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks on each new connection whether the log is still the one it was: see `greet_v1`. Thread
/// safe.
final class Greeter {

    private static final Logger LOG = LoggerFactory.getLogger(Greeter.class);

    private final InstantSource clock;
    private volatile Timelines.Known timelines = new Timelines.Known(0, List.of());
    private volatile long head;
    private volatile Runnable onLoss = () -> {};

    Greeter(InstantSource clock) {
        this.clock = clock;
    }

    private record Greeting(long identity, int timeline, boolean raised, boolean lost) {}

    Timelines.Known timelines() {
        return timelines;
    }

    /// What is to be done when the database turns out to lack what this member saw committed.
    void onLoss(Runnable action) {
        onLoss = action;
    }

    /// Positions up to this were committed, as this member has written or read.
    ///
    /// @param timeline that the log had before that: what is of one before says nothing any more
    synchronized void seen(int timeline, long position) {
        if (position > head && timeline == timelines.current()) {
            head = position;
        }
    }

    void greet(Sql sql) throws SQLException {
        Greeting greeting =
                sql.first(
                                "select identity, timeline, raised, lost from greet_v1(?, ?, ?)",
                                columns ->
                                        new Greeting(
                                                columns.number(),
                                                columns.smallNumber(),
                                                columns.truth(),
                                                columns.truth()),
                                clock.instant(),
                                timelines.current(),
                                head)
                        .orElseThrow(() -> new Damaged("the row of the log"));
        if (greeting.raised()) {
            LOG.warn(
                    "the database is not in the state it was in: it was restored, or another server took"
                            + " over timeline={}",
                    greeting.timeline());
        }
        if (greeting.timeline() != timelines.current()
                || greeting.identity() != timelines.identity()) {
            List<Long> first =
                    sql.list(
                            "select first_position from timeline order by number", Columns::number);
            learn(
                    new Timelines.Known(greeting.identity(), first),
                    sql.number(1, "select next_position from log") - 1);
        }
        if (greeting.lost()) {
            onLoss.run();
        }
    }

    private synchronized void learn(Timelines.Known known, long furthest) {
        if (known.current() >= timelines.current()) {
            timelines = known;
            head = furthest;
        }
    }
}
