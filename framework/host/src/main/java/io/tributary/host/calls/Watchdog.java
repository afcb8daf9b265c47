package io.tributary.host.calls;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at every running call into every plugin, twenty times a second: interrupts what is over
/// its deadline and gives up what does not end, and sees to it that there are carriers beside those
/// that calls hold.
///
/// One for the whole host, on a platform thread: plugins that spin on all carriers of the virtual
/// threads must not keep it from running.
public final class Watchdog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long CHORES = TimeUnit.SECONDS.toNanos(1);

    /// A gap between two rounds that says that the whole process stood still.
    private static final long STANDSTILL = TimeUnit.SECONDS.toNanos(1);

    private final List<BoundedCalls> watched = new CopyOnWriteArrayList<>();
    private final List<Runnable> chores = new CopyOnWriteArrayList<>();
    private final LongAdder stuck = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final Carriers carriers = new Carriers();
    private final Thread thread;
    private volatile boolean closed;

    /// A watchdog that looks until it is closed.
    public Watchdog() {
        this.thread = Thread.ofPlatform().daemon().name("call-watchdog").start(this::watch);
    }

    /// How many calls were given up since the start, over all plugins. A call that spins holds a
    /// carrier until the process ends, so a member with many of them should be restarted.
    public long stuck() {
        return stuck.sum();
    }

    /// How many of those still run.
    public long stuckNow() {
        return stuck.sum() - ended.sum();
    }

    /// Why this member should be restarted; empty while it need not. More than half the carriers
    /// may be held by calls that do not end: one that sleeps holds none, but nobody can tell.
    public Optional<String> restartAdvised() {
        long now = stuckNow();
        return crowded(now)
                ? Optional.of(
                        now
                                + " calls of plugins are stuck and may hold as many of the "
                                + Carriers.most()
                                + " carriers of all calls until the process ends")
                : Optional.empty();
    }

    /// Whether one more call may be risked that perhaps never ends.
    boolean canRiskOne() {
        return !crowded(stuckNow() + 1);
    }

    private boolean crowded(long calls) {
        return calls > Carriers.most() / 2;
    }

    /// Has something looked after about once a second, on this thread, until the answer is closed.
    /// It must be short.
    public AutoCloseable eachSecond(Runnable chore) {
        chores.add(chore);
        return () -> chores.remove(chore);
    }

    /// Stops looking. Calls have no deadline any more.
    @Override
    public void close() {
        closed = true;
        carriers.close();
        LockSupport.unpark(thread);
    }

    void watch(BoundedCalls calls) {
        watched.add(calls);
    }

    void countStuck() {
        stuck.increment();
    }

    void countEnded() {
        ended.increment();
    }

    void leave(BoundedCalls calls) {
        watched.remove(calls);
    }

    private void watch() {
        long last = System.nanoTime();
        long done = last;
        while (!closed) {
            LockSupport.parkNanos(this, PERIOD);
            long now = System.nanoTime();
            // After a standstill of the process the calls are not to blame: they get a round more.
            if (now - last < STANDSTILL) {
                look(now);
            }
            if (now - done >= CHORES) {
                chores.forEach(this::run);
                done = now;
            }
            last = now;
        }
    }

    private void run(Runnable chore) {
        try {
            chore.run();
        } catch (RuntimeException | Error failure) {
            LOG.error("the watchdog failed over a chore", failure);
        }
    }

    private void look(long now) {
        int held = 0;
        for (var calls : watched) {
            try {
                calls.look(now);
                held += calls.holding(now);
            } catch (RuntimeException | Error failure) {
                // without this thread no call of any plugin would have a deadline
                LOG.error("the watchdog failed over one plugin's calls", failure);
            }
        }
        carriers.look(now, held);
    }
}
