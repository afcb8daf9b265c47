package io.tributary.host.cluster;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Asks the roster, each question with a time-out: what is answered later was not answered. For one
/// thread; another one watches the time.
final class RosterCalls {

    private final Roster roster;
    private final long patience;
    private final ReentrantLock lock = new ReentrantLock();

    /// Who is asking, while it is.
    private @Nullable Thread asking;

    private long began;

    RosterCalls(Roster roster, Duration patience) {
        this.roster = roster;
        this.patience = patience.toNanos();
    }

    void enter(UUID self) throws GridRefused {
        begin();
        try {
            roster.enter(self);
        } finally {
            end();
        }
    }

    /// @throws IllegalStateException it took too long
    List<Roster.Entry> live() {
        long since = begin();
        List<Roster.Entry> live;
        try {
            live = roster.live();
        } finally {
            end();
        }
        if (System.nanoTime() - since > patience) {
            throw new IllegalStateException("the members' table was read too slowly");
        }
        return live;
    }

    /// Interrupts a question that takes too long.
    void interruptLate(long now) {
        lock.lock();
        try {
            if (asking != null && now - began > patience) {
                asking.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private long begin() {
        lock.lock();
        try {
            asking = Thread.currentThread();
            began = System.nanoTime();
            return began;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            asking = null;
            // it was meant for the question
            var _ = Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }
}
