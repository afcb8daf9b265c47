package io.tributary.faults;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Where something can be reached right now, if it can. Thread safe.
final class Whereabouts {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable URI at;
    private boolean over;
    private long changes;

    /// It can be reached there.
    void at(URI url) {
        set(url, over);
    }

    /// It cannot be reached.
    void nowhere() {
        set(null, over);
    }

    /// It will not be reached again: whoever waits gives up.
    void over() {
        set(at, true);
    }

    private void set(@Nullable URI url, boolean last) {
        lock.lock();
        try {
            at = url;
            over = last;
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until it can be reached somewhere.
    ///
    /// @return null when it is over
    @Nullable URI await() throws InterruptedException {
        lock.lock();
        try {
            while (at == null && !over) {
                changed.await();
            }
            return over ? null : at;
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
