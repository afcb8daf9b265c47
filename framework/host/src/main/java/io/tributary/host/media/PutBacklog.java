package io.tributary.host.media;

import io.tributary.model.MediaId;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was fetched and cannot be put where all members have it. It stays this member's, which
/// alone has the bytes, until it can; meanwhile it takes no place of what is to be fetched. Thread
/// safe.
final class PutBacklog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PutBacklog.class);

    /// Each is held in the journal every few seconds.
    static final int MOST = 1_000;

    /// In one round: where a few of them alone are refused, the others have their turn.
    static final int FAILURES = 20;

    private static final long PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(10).toNanos();

    private final Consumer<MediaId> ended;
    private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger many = new AtomicInteger();
    private final AtomicBoolean putting = new AtomicBoolean();
    private volatile long pause = PAUSE;
    private volatile long next = System.nanoTime();
    private volatile boolean closed;

    /// What waits.
    interface Waiting {

        MediaId media();

        /// Puts it; blocking.
        ///
        /// @return false: it cannot be put even now
        boolean putAgain();
    }

    /// @param ended told of each that waits no more
    PutBacklog(Consumer<MediaId> ended) {
        this.ended = ended;
    }

    /// @return false: there are too many
    boolean add(Waiting put) {
        if (many.incrementAndGet() > MOST) {
            many.decrementAndGet();
            return false;
        }
        waiting.add(put);
        return true;
    }

    /// Puts what can be put, on a thread of its own, where it is time to. Returns at once.
    void look() {
        if (!waiting.isEmpty()
                && System.nanoTime() - next >= 0
                && putting.compareAndSet(false, true)) {
            Thread.ofVirtual().name("media puts").start(this::round);
        }
    }

    private void round() {
        try {
            boolean some = putAll();
            pause = some ? PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
        } finally {
            next = System.nanoTime() + pause;
            putting.set(false);
        }
    }

    /// Each once, until too many cannot be put.
    ///
    /// @return whether one was
    private boolean putAll() {
        int failures = 0;
        int left = many.get();
        boolean some = false;
        while (left > 0 && failures < FAILURES && !closed) {
            Waiting first = waiting.poll();
            if (first == null) {
                break;
            }
            if (put(first)) {
                some = true;
            } else {
                failures++;
            }
            left--;
        }
        return some;
    }

    /// What comes to an end in another way waits no more either: its job is taken again when nobody
    /// holds it.
    private boolean put(Waiting first) {
        boolean waits = false;
        try {
            waits = !first.putAgain();
        } catch (RuntimeException failure) {
            LOG.warn("media={} waits: {}", first.media(), failure.getClass().getName());
        } finally {
            if (waits) {
                waiting.add(first);
            } else {
                many.decrementAndGet();
                ended.accept(first.media());
            }
        }
        return !waits;
    }

    /// What waits is done again after the next start.
    @Override
    public void close() {
        closed = true;
    }
}
