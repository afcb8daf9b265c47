package io.tributary.host.calls;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lets a few virtual threads do much short work one after another: a thread per work would cost
/// more than the work.
///
/// Only as long as the work is short: where it proves to take its time, each gets a thread of its
/// own, until it proves to be short again. When nothing moves, the [Watchdog] gives all that waits
/// threads of their own; so who blocks or spins holds others up for two of its rounds at most.
final class Relay {

    /// Work that takes longer on the average has a thread of its own.
    private static final long SHORT = TimeUnit.MICROSECONDS.toNanos(500);

    /// One standstill or one collection of garbage says nothing about the work.
    private static final long MOST_COUNTED = 8 * SHORT;

    /// After so many a hand is replaced, so that what work leaves on its thread does not pile up.
    private static final int ONE_LIFE = 256;

    private static final int HANDS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final Consumer<Runnable> threads;
    private final Consumer<Runnable> guarded;
    private final AtomicLong average = new AtomicLong();
    private volatile Line line = new Line();
    private volatile boolean closed;

    /// @param threads gives work a virtual thread of its own
    /// @param guarded runs work so that nothing it throws gets out
    Relay(Consumer<Runnable> threads, Consumer<Runnable> guarded) {
        this.threads = threads;
        this.guarded = guarded;
    }

    void give(Runnable work) {
        if (closed || average.get() > SHORT) {
            threads.accept(() -> timed(work));
        } else {
            line.give(work);
        }
    }

    /// Frees what waits behind work that does not end; on the watchdog's thread.
    void look() {
        Line now = line;
        if (now.stands()) {
            line = new Line();
            average.set(MOST_COUNTED);
            now.leave();
        }
    }

    /// Relays nothing any more, since nobody looks after it: what waits, and all that comes, has a
    /// thread of its own.
    void close() {
        closed = true;
        line.leave();
    }

    private void timed(Runnable work) {
        long began = System.nanoTime();
        guarded.accept(work);
        long took = Math.min(MOST_COUNTED, System.nanoTime() - began);
        // threads that race here lose each other's measure: it is an estimate
        long before = average.get();
        average.lazySet(before + (took - before) / 32);
    }

    /// What waits, and the hands that work on it.
    private final class Line implements Runnable {
        private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
        private final AtomicInteger hands = new AtomicInteger();
        private final AtomicLong taken = new AtomicLong();
        private volatile boolean left;
        private long lastSeen = -1;

        void give(Runnable work) {
            waiting.add(work);
            if (left) {
                leave();
            } else if (joins()) {
                threads.accept(this);
            }
        }

        private boolean joins() {
            int now = hands.get();
            return now < HANDS && hands.compareAndSet(now, now + 1);
        }

        @Override
        public void run() {
            do {
                int done = 0;
                for (Runnable work = next(); work != null; work = next()) {
                    timed(work);
                    // an interrupt was meant for that work
                    Thread.interrupted();
                    if (++done == ONE_LIFE) {
                        threads.accept(this);
                        return;
                    }
                }
                hands.decrementAndGet();
                // what came between the last look and the leave would wait for the next
            } while (!waiting.isEmpty() && joins());
        }

        private @Nullable Runnable next() {
            Runnable work = waiting.poll();
            if (work != null) {
                taken.incrementAndGet();
            }
            return work;
        }

        /// Whether something has waited since the last look without any having been taken.
        boolean stands() {
            long seen = taken.get();
            boolean same = seen == lastSeen && !waiting.isEmpty();
            lastSeen = seen;
            return same;
        }

        /// Nobody is to wait here any more.
        void leave() {
            left = true;
            for (Runnable work = waiting.poll(); work != null; work = waiting.poll()) {
                Runnable own = work;
                threads.accept(() -> timed(own));
            }
        }
    }
}
