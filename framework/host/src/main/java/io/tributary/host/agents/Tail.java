package io.tributary.host.agents;

import io.tributary.host.journal.Filter;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.Row;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The newest rows of the log in memory, contiguous, one copy for all readers.
///
/// Commits feed it as they happen. What comes out of order leaves a gap, which is filled from the
/// log; and the log is looked at every second as well, so that a commit nobody told of is late but
/// not lost. Thread safe.
final class Tail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final int PAGE = 512;
    private static final int ANY = -1;
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
    private static final int MOST_EARLY = 4_096;
    private static final Duration GRACE = Duration.ofMillis(15);

    private final Journal journal;
    private final LogReader log;
    private final Duration poll;
    private final Window window;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Condition gap = lock.newCondition();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Consumer<List<Row>> reading = _ -> {};
    private final AutoCloseable commits;
    private final Thread poller;
    private int waiters;
    private boolean gapped;

    /// Rows that came before those that belong before them.
    private final TreeMap<Long, Row> early = new TreeMap<>();

    /// Somebody said that the log has come to here.
    private long reached;

    private int timeline;
    private volatile boolean closed;

    /// @param rows how many are kept at the most
    /// @param bytes how many bytes of bodies are kept at the most
    Tail(Journal journal, Cursors cursors, int rows, long bytes, Duration poll) {
        this.journal = journal;
        this.log = journal.log();
        this.poll = poll;
        this.window = new Window(cursors, rows, bytes);
        this.commits = journal.onCommit(this::committed);
        lock.lock();
        try {
            timeline = log.timeline();
            window.startAfter(log.head());
        } finally {
            lock.unlock();
        }
        this.poller = Thread.ofVirtual().name("tail-poll").start(this::pollAndFill);
    }

    /// The last position that readers can see here.
    long head() {
        lock.lock();
        try {
            return window.head();
        } finally {
            lock.unlock();
        }
    }

    /// What follows a position, at most `limit`; empty where it is older than what is kept here, or
    /// what is here may have been replaced: read the log.
    Optional<List<Event>> after(long position, int limit) {
        lock.lock();
        try {
            return timeline == log.timeline() ? window.after(position, limit) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Tells `listener` what is read from the log: what others committed, and perhaps some of what
    /// this member did. It must be short.
    void whenRead(Consumer<List<Row>> listener) {
        reading = listener;
    }

    /// Calls `listener` when there is more; on the journal's telling thread, so it only hands over.
    void onGrowth(Runnable listener) {
        listeners.add(listener);
    }

    /// Waits until there is something after a position, the time is over, or the tail closes.
    void awaitBeyond(long position, Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lock();
        try {
            waiters++;
            while (!closed && window.head() <= position && left > 0) {
                left = grown.awaitNanos(left);
            }
        } finally {
            waiters--;
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            grown.signalAll();
            gap.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            commits.close();
            poller.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception notThere) {
            LOG.warn("cannot stop listening to commits failure={}", notThere.getClass().getName());
        }
    }

    /// Another member committed rows, in this state of the log.
    void heard(int timelineOfRows, List<Row> rows) {
        if (committed(timelineOfRows, rows)) {
            reading.accept(rows);
        } else {
            look();
        }
    }

    /// Another member has come to a position.
    void heard(long position) {
        lock.lock();
        try {
            reached = Math.max(reached, position);
            if (reached > window.head()) {
                gapped = true;
                gap.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The log is worth a look now.
    void look() {
        heard(Long.MAX_VALUE);
    }

    private void committed(List<Row> rows) {
        var _ = committed(ANY, rows);
    }

    /// @return false: they are of another timeline than this tail
    private boolean committed(int timelineOfRows, List<Row> rows) {
        boolean more;
        lock.lock();
        try {
            if (timelineOfRows != ANY && timelineOfRows != timeline) {
                return false;
            }
            more = timeline == log.timeline() && take(rows);
            if (!rows.isEmpty() && rows.getLast().position() > window.head()) {
                reached = Math.max(reached, rows.getLast().position());
                gapped = true;
                gap.signal();
            }
        } finally {
            lock.unlock();
        }
        if (more) {
            listeners.forEach(Runnable::run);
        }
        return true;
    }

    /// Under the lock.
    private boolean take(List<Row> rows) {
        boolean more = false;
        for (Row row : rows) {
            if (window.add(row)) {
                more = true;
            } else if (row.position() > window.head() && early.size() < MOST_EARLY) {
                early.put(row.position(), row);
            }
        }
        more |= takeEarly();
        if (more && waiters > 0) {
            grown.signalAll();
        }
        return more;
    }

    /// What came early, and has its turn now. Under the lock.
    private boolean takeEarly() {
        boolean more = false;
        while (!early.isEmpty() && early.firstKey() <= window.head() + 1) {
            more |= window.add(early.pollFirstEntry().getValue());
        }
        return more;
    }

    private void pollAndFill() {
        boolean told = false;
        while (!closed) {
            try {
                if (awaitGap()) {
                    fill();
                }
                told = false;
            } catch (InterruptedException _) {
                return;
            } catch (JournalUnavailable unavailable) {
                if (!told) {
                    LOG.warn("the tail cannot read the log reason={}", unavailable.getMessage());
                }
                told = true;
                pause();
            } catch (RuntimeException failure) {
                // without this thread no gap would ever close
                LOG.error("the tail could not be filled, trying again", failure);
                pause();
            }
        }
    }

    /// A log that cannot be read is not asked over and over.
    private void pause() {
        LockSupport.parkNanos(AFTER_FAILURE.toNanos());
    }

    @SuppressWarnings("WaitNotInLoop") // see below
    private boolean awaitGap() throws InterruptedException {
        lock.lock();
        try {
            for (long left = poll.toNanos(); !gapped && !closed && left > 0; ) {
                left = gap.awaitNanos(left);
            }
            boolean asked = gapped;
            gapped = false;
            return !asked || !closesItself();
        } finally {
            lock.unlock();
        }
    }

    /// Members' batches overtake each other by moments: what is missing is mostly under way. Under
    /// the lock.
    private boolean closesItself() throws InterruptedException {
        long left = GRACE.toNanos();
        waiters++;
        try {
            while (!closed && window.head() < reached && reached != Long.MAX_VALUE && left > 0) {
                left = grown.awaitNanos(left);
            }
        } finally {
            waiters--;
        }
        return window.head() >= reached;
    }

    private void fill() {
        beginAnew();
        long target = log.head();
        lock.lock();
        try {
            // whatever was said of further positions is not there
            reached = Math.min(reached, target);
        } finally {
            lock.unlock();
        }
        while (!closed && head() < target) {
            if (target - head() > window.capacity()) {
                jumpTo(target - window.capacity() / 2);
            }
            LogReader.Page page = log.after(head(), Filter.ALL, PAGE);
            if (page.rows().isEmpty()) {
                return;
            }
            long before = head();
            committed(page.rows());
            if (head() == before) {
                // what followed is kept no more
                jumpTo(page.rows().getFirst().position() - 1);
                committed(page.rows());
            }
            reading.accept(page.rows());
        }
    }

    /// Where positions were replaced, none of the rows here is to be believed.
    private void beginAnew() {
        int now = log.timeline();
        lock.lock();
        try {
            if (timeline == now) {
                return;
            }
        } finally {
            lock.unlock();
        }
        long head = log.head();
        lock.lock();
        try {
            timeline = now;
            early.clear();
            reached = 0;
            window.startAfter(head);
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    /// Readers that are behind read the log.
    private void jumpTo(long position) {
        lock.lock();
        try {
            window.startAfter(position);
        } finally {
            lock.unlock();
        }
    }

    Journal journal() {
        return journal;
    }
}
