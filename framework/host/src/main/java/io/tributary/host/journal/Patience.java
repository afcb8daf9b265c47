package io.tributary.host.journal;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Answers those whose batch the database is slow with: that the outcome is not known. The writer
/// waits on, and the journal takes writes again when the database has answered.
///
/// Runs on a thread of its own, since the writer's is the one that waits.
final class Patience implements Runnable {

    private static final long LOOK_MS = 50;

    /// So much is allowed for what has to cross the network.
    private static final long BYTES_PER_MS = 1_000;

    private final WriteQueue queue;
    private final Fitness fitness;
    private final long nanos;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Waiting waiting;

    Patience(WriteQueue queue, Fitness fitness, long nanos) {
        this.queue = queue;
        this.fitness = fitness;
        this.nanos = nanos;
    }

    private record Waiting(List<Prepared> units, long until) {}

    /// When who waits for so many bytes is to be answered.
    long until(long bytes) {
        return System.nanoTime() + nanos + TimeUnit.MILLISECONDS.toNanos(bytes / BYTES_PER_MS);
    }

    /// The writer waits for the database with these.
    void begin(List<Prepared> units, long until) {
        waiting = new Waiting(units, until);
    }

    /// The database has answered, or the writer has given up.
    void end() {
        waiting = null;
    }

    void close() {
        closing.countDown();
    }

    @Override
    public void run() {
        try {
            while (!closing.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        Waiting now = waiting;
        if (now == null || System.nanoTime() - now.until() < 0) {
            return;
        }
        // the writer may have been answered just now: it says so by taking `waiting` away, and
        // resumes
        fitness.pause("the database server does not answer");
        JournalUnavailable refusal = fitness.refusal();
        now.units().forEach(unit -> unit.future.completeExceptionally(refusal));
        queue.take(Integer.MAX_VALUE, Long.MAX_VALUE)
                .forEach(unit -> unit.future.completeExceptionally(refusal));
    }
}
