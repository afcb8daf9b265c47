package io.tributary.host.workshop;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Shows the bench's state to whoever waits for the next one. Thread safe.
final class Board {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Consumer<BenchState> told;
    private BenchState state = BenchState.FIRST;
    private boolean closed;

    /// @param told each state, by who makes it
    Board(Consumer<BenchState> told) {
        this.told = told;
    }

    void put(UnaryOperator<BenchState> next) {
        BenchState now;
        lock.lock();
        try {
            state = next.apply(state);
            now = state;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        told.accept(now);
    }

    /// The state, as soon as it is another than the one of this number; the same when patience is
    /// over.
    BenchState after(long number, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (state.number() == number && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return state;
        } finally {
            lock.unlock();
        }
    }

    /// Rests, but not longer than until the end.
    ///
    /// @return whether to go on
    boolean rest(Duration pause) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(pause);
        lock.lockInterruptibly();
        try {
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /// Keeps nobody waiting any more.
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
