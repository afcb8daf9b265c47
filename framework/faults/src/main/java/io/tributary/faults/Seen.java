package io.tributary.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What a reader was shown, in the order of being shown. Thread safe.
final class Seen {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<Row> rows = new ArrayList<>();
    private long furthest;

    void add(Row row) {
        lock.lock();
        try {
            rows.add(row);
            furthest = Math.max(furthest, row.position());
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    List<Row> rows() {
        lock.lock();
        try {
            return List.copyOf(rows);
        } finally {
            lock.unlock();
        }
    }

    /// Those as far as a position.
    List<Row> upTo(long position) {
        return rows().stream().filter(row -> row.position() <= position).toList();
    }

    /// Waits until a position was shown; not for ever, since what never comes is for the checker to
    /// tell.
    void await(long position, Duration most) throws InterruptedException {
        lock.lock();
        try {
            var _ = Patience.until(() -> furthest >= position, more, most);
        } finally {
            lock.unlock();
        }
    }
}
