package io.tributary.host.connections;

import io.tributary.host.accounts.SlotLeases.SlotLease;
import io.tributary.host.accounts.Wire;
import io.tributary.spi.Connection;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one slot's connection running for as long as the slot is this member's: begins it again
/// when it ended, and lets the one before leave first when the account was opened anew.
///
/// A virtual thread of its own does all of it; others only say what has changed.
@SuppressWarnings("ReferenceEquality") // an account opened anew is another target
final class SlotKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(SlotKeeper.class);

    /// Whoever waits for the slot is told; should that get lost, it looks by itself.
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final int number;
    private final Surroundings surroundings;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread;
    private volatile Kept target;
    private volatile boolean leaving;
    private volatile @Nullable Tenure tenure;
    private int failures;

    /// What is to be kept running.
    ///
    /// @param healths of the account as it is open now
    record Kept(Holding holding, SlotHealths healths) {}

    SlotKeeper(Kept target, int number, Surroundings surroundings) {
        this.target = target;
        this.number = number;
        this.surroundings = surroundings;
        this.thread =
                Thread.ofVirtual()
                        .name("connection " + target.holding().account().id() + " " + number)
                        .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// The account was opened anew: its connection takes the place of the one before.
    void move(Kept to) {
        target = to;
        look();
    }

    /// Something may have changed.
    void look() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    /// Has the connection leave for good; returns at once.
    void leave() {
        leaving = true;
        look();
    }

    void awaitLeft() throws InterruptedException {
        thread.join();
    }

    @Nullable Wire wire() {
        var now = tenure;
        return now == null ? null : now.wire();
    }

    @Nullable Connection current() {
        var now = tenure;
        return now == null ? null : now.current();
    }

    private void run() {
        while (!leaving) {
            try {
                keep();
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failure) {
                LOG.error("slot {} could not be kept, trying again", number, failure);
                failures++;
            }
        }
    }

    private void keep() throws InterruptedException {
        var now = target;
        var account = now.holding().account().id();
        var lease = surroundings.leases().take(account, number);
        if (lease.isEmpty()) {
            now.healths().elsewhere(number);
            var _ = news.tryAcquire(LOOK.toNanos(), TimeUnit.NANOSECONDS);
            news.drainPermits();
            return;
        }
        long began = System.nanoTime();
        var current =
                new Tenure(
                        now.holding(),
                        number,
                        lease.get(),
                        surroundings,
                        now.healths(),
                        this::look);
        tenure = current;
        try {
            current.begin();
            stay(now, lease.get(), current);
        } finally {
            end(lease.get(), current);
            tenure = null;
            lease.get().giveBack();
        }
        if (target == now && !leaving && lease.get().held()) {
            rest(now, System.nanoTime() - began);
        }
    }

    /// Until it ended by itself, or is to.
    private void stay(Kept now, SlotLease lease, Tenure current) throws InterruptedException {
        while (!current.hasEnded() && !leaving && target == now && isOurs(now, lease)) {
            news.acquire();
            news.drainPermits();
        }
    }

    private boolean isOurs(Kept now, SlotLease lease) {
        return lease.held()
                && surroundings
                        .leases()
                        .epoch(now.holding().account().id(), number)
                        .equals(OptionalLong.of(lease.epoch()));
    }

    private static void end(SlotLease lease, Tenure current) throws InterruptedException {
        if (current.hasEnded()) {
            return;
        }
        if (lease.held()) {
            current.leave();
        } else {
            current.cut();
        }
    }

    /// Waits before the next try; whatever changes cuts the wait short.
    private void rest(Kept now, long lasted) throws InterruptedException {
        if (lasted >= surroundings.pace().steady().toNanos()) {
            failures = 0;
        }
        Duration wait = surroundings.pace().before(failures++);
        long until = System.nanoTime() + wait.toNanos();
        for (long left = wait.toNanos();
                left > 0 && !leaving && target == now;
                left = until - System.nanoTime()) {
            if (news.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                news.drainPermits();
            }
        }
    }
}
