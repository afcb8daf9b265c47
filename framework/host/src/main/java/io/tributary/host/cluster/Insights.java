package io.tributary.host.cluster;

import io.tributary.host.cluster.LiveCounters.Folded;
import io.tributary.host.journal.Folds;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.Row;
import io.tributary.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps live counters up with the log, on a thread of its own that looks for rows several times a
/// second: who commits neither waits for it nor wakes it. Thread safe.
///
/// What was counted is kept in the database now and then, one row for all members, and whoever
/// begins goes on from it.
public final class Insights implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Insights.class);
    private static final String NAME = "insights";
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration OLDEST_EVERY = Duration.ofSeconds(10);

    /// As much as may be in memory at once: bodies may be large.
    private static final int PAGE = 200;

    private final LogReader log;
    private final Folds folds;
    private final InstantSource clock;
    private final Source source;
    private final Pace pace;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile LiveCounters counters;
    private long keptBytes;
    private long lookedForOldest = System.nanoTime() - OLDEST_EVERY.toNanos();

    /// Where rows come from.
    @FunctionalInterface
    public interface Source {

        /// The next rows after a position; may block.
        Next after(long position, int limit);
    }

    /// @param rows in order; they follow the position without a gap, unless the log keeps no more
    ///   what is missing
    /// @param costly they were read from the database
    public record Next(List<Row> rows, boolean costly) {}

    /// How often what was counted is kept.
    ///
    /// @param least how long at the least lies between two times
    /// @param bytesPerSecond that keeping it may cost in the long run
    public record Pace(Duration least, long bytesPerSecond) {

        public static final Pace USUAL = new Pace(Duration.ofMinutes(1), 20_000);

        private Duration after(long bytes) {
            Duration earned = Duration.ofSeconds(bytes / bytesPerSecond);
            return earned.compareTo(least) > 0 ? earned : least;
        }
    }

    /// What was counted.
    ///
    /// @param position the last one that is in it
    /// @param head the last one that the log had a moment later
    public record Report(List<Insight> insights, long position, long head) {

        /// How many interactions are not counted yet.
        public long behind() {
            return Math.max(0, head - position);
        }
    }

    /// What is counted.
    ///
    /// @param folds where what was counted is kept
    /// @param clock that all members agree on
    public record Counted(LogReader log, Folds folds, InstantSource clock) {

        public static Counted of(Journal journal) {
            return new Counted(journal.log(), journal.folds(), journal.clock());
        }
    }

    public Insights(Counted counted, Source source, Pace pace) {
        this.log = counted.log();
        this.folds = counted.folds();
        this.clock = counted.clock();
        this.source = source;
        this.pace = pace;
        this.counters = new LiveCounters(LogTimeline.of(log), 0);
        this.thread = Thread.ofVirtual().name("insights").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// How the accounts fare, as far as it is counted. Blocking.
    public Report report() {
        LiveCounters now = counters;
        LiveCounters.Standing standing = now.standing();
        return new Report(standing.insights(), standing.position(), log.head());
    }

    /// Keeps what was counted.
    @Override
    public void close() {
        closing.countDown();
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean begun = false;
        long kept = System.nanoTime();
        boolean over = false;
        while (!over) {
            Duration pause = LOOK;
            try {
                if (!begun) {
                    begin();
                    begun = true;
                }
                pause = step();
                if (System.nanoTime() - kept > pace.after(keptBytes).toNanos()) {
                    kept = System.nanoTime();
                    keep(pace.least());
                }
            } catch (JournalUnavailable unavailable) {
                LOG.debug("not counted, trying again reason={}", unavailable.getMessage());
                pause = AFTER_FAILURE;
            } catch (RuntimeException | Error failure) {
                // whatever it is: nobody else would ever count again
                LOG.error("what happens could not be counted, trying again", failure);
                pause = AFTER_FAILURE;
            }
            over = closed(pause);
        }
        if (begun) {
            atTheEnd();
        }
    }

    private boolean closed(Duration pause) {
        try {
            return closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            return true;
        }
    }

    /// Goes on from what any member has kept, if the log still is the one that was counted.
    private void begin() {
        LogTimeline now = LogTimeline.of(log);
        Optional<LiveCounters> kept =
                folds.find(NAME)
                        .flatMap(found -> LiveCounters.restore(found.body()))
                        .filter(each -> each.carryOver(now, log::lastCommon));
        counters = kept.orElseGet(() -> new LiveCounters(now, 0));
        LOG.info("counting goes on position={} head={}", counters.position(), log.head());
    }

    /// Counts what is next.
    ///
    /// @return after which time to look again
    private Duration step() {
        LogTimeline now = LogTimeline.of(log);
        if (!counters.carryOver(now, log::lastCommon)) {
            LOG.warn("what was counted is not all in the log any more: counting anew");
            begin();
        }
        long began = System.nanoTime();
        Next next = source.after(counters.position(), PAGE);
        if (!now.equals(LogTimeline.of(log))) {
            // nobody knows of which state of the log they are
            return Duration.ZERO;
        }
        count(now, next.rows());
        if (next.rows().isEmpty()) {
            skipWhatIsGone();
        }
        if (next.rows().size() < PAGE) {
            return LOOK;
        }
        // half of the time is others'
        return next.costly() ? Duration.ofNanos(System.nanoTime() - began) : Duration.ZERO;
    }

    /// All that was not counted may have been dropped by retention, with nothing after it.
    private void skipWhatIsGone() {
        if (System.nanoTime() - lookedForOldest > OLDEST_EVERY.toNanos()) {
            lookedForOldest = System.nanoTime();
            long oldest = log.oldest();
            if (oldest > counters.position() + 1) {
                counters.skipTo(oldest);
            }
        }
    }

    private void count(LogTimeline timeline, List<Row> rows) {
        if (counters.fold(timeline, rows) == Folded.GAP) {
            // what is missing is kept no more
            counters.skipTo(rows.getFirst().position());
            var _ = counters.fold(timeline, rows);
        }
    }

    /// On the thread that counts, so nothing is counted meanwhile.
    ///
    /// @param least how old what is kept must be: of several members one will do
    private void keep(Duration least) {
        LiveCounters.Standing standing = counters.standing();
        Instant at = clock.instant();
        boolean fresh =
                folds.mark(NAME)
                        .filter(mark -> mark.timeline() == standing.timeline().number())
                        .filter(mark ->
                                mark.position() >= standing.position()
                                        || mark.at().isAfter(at.minus(least)))
                        .isPresent();
        if (fresh) {
            return;
        }
        Bytes body = counters.snapshot();
        keptBytes = body.length();
        var mark = new Folds.Mark(standing.timeline().number(), standing.position(), at);
        folds.keep(NAME, new Folds.Kept(mark, body));
    }

    private void atTheEnd() {
        try {
            var _ = step();
            keep(Duration.ZERO);
        } catch (RuntimeException unavailable) {
            LOG.debug("what was counted is not kept reason={}", unavailable.getMessage());
        }
    }
}
