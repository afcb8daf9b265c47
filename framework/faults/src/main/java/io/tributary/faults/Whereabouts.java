package io.tributary.faults;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Where something can be reached right now, if it can; of several places any will do. Thread safe.
final class Whereabouts {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<URI> at = List.of();
    private boolean over;
    private long changes;

    /// It can be reached there, and nowhere else.
    void at(URI... places) {
        set(List.of(places), over);
    }

    /// It cannot be reached.
    void nowhere() {
        set(List.of(), over);
    }

    /// It will not be reached again: whoever waits gives up.
    void over() {
        set(at, true);
    }

    private void set(List<URI> places, boolean last) {
        lock.lock();
        try {
            at = places;
            over = last;
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until it can be reached somewhere, and chooses one of the places.
    ///
    /// @return null when it is over
    @Nullable URI await() throws InterruptedException {
        lock.lock();
        try {
            while (at.isEmpty() && !over) {
                changed.await();
            }
            return over ? null : at.get(ThreadLocalRandom.current().nextInt(at.size()));
        } finally {
            lock.unlock();
        }
    }

    /// Waits before another attempt: until something changes, or for a time.
    void pause(Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lock();
        try {
            long before = changes;
            while (changes == before && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
