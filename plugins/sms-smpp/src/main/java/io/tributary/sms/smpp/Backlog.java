package io.tributary.sms.smpp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;

/// What has come on a bind and is not stored yet, in order, bounded by number and by octets. Thread
/// safe.
///
/// What is refused comes again later. So that nothing overtakes it that came after it, all else is
/// refused, too, until nothing waits any more.
final class Backlog<T> {

    private final int most;
    private final long mostOctets;
    private final ToIntFunction<T> size;
    private final Deque<T> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition come = lock.newCondition();
    private long octets;
    private boolean refusing;

    /// @param size how many octets one has
    Backlog(int most, long mostOctets, ToIntFunction<T> size) {
        this.most = most;
        this.mostOctets = mostOctets;
        this.size = size;
    }

    /// Adds it at the end; false: it is to be refused.
    boolean add(T one) {
        lock.lock();
        try {
            int length = size.applyAsInt(one);
            refusing |= waiting.size() >= most || octets + length > mostOctets;
            if (refusing) {
                return false;
            }
            waiting.addLast(one);
            octets += length;
            come.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The first ones, as soon as there is one; empty where none comes in time.
    List<T> take(int count, long milliseconds) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(milliseconds);
            while (waiting.isEmpty() && left > 0) {
                left = come.awaitNanos(left);
            }
            return taken(count);
        } finally {
            lock.unlock();
        }
    }

    /// All that waits, to be refused.
    List<T> clear() {
        lock.lock();
        try {
            return taken(Integer.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }

    private List<T> taken(int count) {
        var taken = new ArrayList<T>();
        while (taken.size() < count && !waiting.isEmpty()) {
            var one = waiting.removeFirst();
            octets -= size.applyAsInt(one);
            taken.add(one);
        }
        refusing &= !waiting.isEmpty();
        return taken;
    }
}
