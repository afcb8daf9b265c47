package io.tributary.host.cluster;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

/// A queue that takes so many bytes and no more. Thread safe.
final class Bounded<T> {

    private final long most;
    private final ToLongFunction<T> weight;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Queue<T> items = new ArrayDeque<>();
    private long held;

    /// @param weight in bytes
    Bounded(long most, ToLongFunction<T> weight) {
        this.most = most;
        this.weight = weight;
    }

    /// Never waits for room.
    ///
    /// @return false: there was none, and the item is not taken
    boolean offer(T item) {
        long added = weight.applyAsLong(item);
        lock.lock();
        try {
            if (!items.isEmpty() && held + added > most) {
                return false;
            }
            held += added;
            items.add(item);
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The next one, as soon as there is one; empty when the time is over before.
    Optional<T> poll(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (items.isEmpty()) {
                if (left <= 0) {
                    return Optional.empty();
                }
                left = filled.awaitNanos(left);
            }
            T item = items.remove();
            held -= weight.applyAsLong(item);
            return Optional.of(item);
        } finally {
            lock.unlock();
        }
    }
}
