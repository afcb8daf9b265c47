package io.tributary.host.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What waits for the writer, bounded by number and bytes. Thread safe; one taker.
final class WriteQueue {

    private final int mostUnits;
    private final long mostBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final ArrayDeque<Prepared> units = new ArrayDeque<>();
    private final ArrayDeque<Chore<?>> chores = new ArrayDeque<>();
    private long bytes;
    private boolean closed;
    private boolean waiting;

    WriteQueue(int mostUnits, long mostBytes) {
        this.mostUnits = mostUnits;
        this.mostBytes = mostBytes;
    }

    enum Answer {
        TAKEN,
        BUSY,
        CLOSED
    }

    /// Hands a unit to the writer, and answers with its future.
    ///
    /// @param largest a unit of more bytes is refused
    CompletableFuture<Commit> hand(Unit unit, Fitness fitness, long largest) {
        if (!fitness.writes()) {
            return CompletableFuture.failedFuture(fitness.refusal());
        }
        var prepared = new Prepared(unit);
        if (prepared.bytes > largest) {
            return CompletableFuture.failedFuture(
                    new UnitRefused(
                            "the unit has about "
                                    + prepared.bytes
                                    + " bytes, more than "
                                    + largest));
        }
        return switch (offer(prepared)) {
            case TAKEN -> prepared.future;
            case BUSY ->
                    CompletableFuture.failedFuture(
                            new JournalUnavailable(
                                    "busy: more waits for the disk than may; try again soon"));
            case CLOSED ->
                    CompletableFuture.failedFuture(new JournalUnavailable("the journal is closed"));
        };
    }

    Answer offer(Prepared unit) {
        lock.lock();
        try {
            if (closed) {
                return Answer.CLOSED;
            }
            if (units.size() >= mostUnits || bytes + unit.bytes > mostBytes) {
                return Answer.BUSY;
            }
            units.add(unit);
            bytes += unit.bytes;
            wake();
            return Answer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    Answer offer(Chore<?> chore) {
        lock.lock();
        try {
            if (closed) {
                return Answer.CLOSED;
            }
            chores.add(chore);
            wake();
            return Answer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        if (waiting) {
            filled.signal();
        }
    }

    /// Waits until there is something to do, it is closed, or the time is over.
    void await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            waiting = true;
            while (units.isEmpty() && chores.isEmpty() && !closed && left > 0) {
                left = filled.awaitNanos(left);
            }
        } finally {
            waiting = false;
            lock.unlock();
        }
    }

    /// Waits for the whole time, unless it is closed meanwhile.
    ///
    /// @return whether it is closed
    boolean pause(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            waiting = true;
            while (!closed && left > 0) {
                left = filled.awaitNanos(left);
            }
            return closed;
        } finally {
            waiting = false;
            lock.unlock();
        }
    }

    /// What is there, up to a number and about a number of bytes; at least one if there is any.
    List<Prepared> take(int most, long about) {
        lock.lock();
        try {
            List<Prepared> taken = new ArrayList<>(Math.min(most, units.size()));
            long sum = 0;
            while (!units.isEmpty()
                    && taken.size() < most
                    && (taken.isEmpty() || sum + units.peek().bytes <= about)) {
                Prepared unit = units.remove();
                sum += unit.bytes;
                taken.add(unit);
            }
            bytes -= sum;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    @Nullable Chore<?> takeChore() {
        lock.lock();
        try {
            return chores.poll();
        } finally {
            lock.unlock();
        }
    }

    /// Takes nothing more; what is there can still be taken.
    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Whether it is closed and empty.
    boolean done() {
        lock.lock();
        try {
            return closed && units.isEmpty() && chores.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
