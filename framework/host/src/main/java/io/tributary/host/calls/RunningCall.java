package io.tributary.host.calls;

import io.tributary.model.AccountId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;

/// One call into a plugin while it runs: its thread, its clock, and how far its deadline has got.
///
/// The calling thread ends it, the watchdog looks at it. In the ordinary case both meet in a single
/// compare-and-set; the monitor is for calls that are late or that stop their clock.
final class RunningCall {

    /// How long a call may go on after its interrupt until it counts as stuck.
    static final long GRACE = TimeUnit.SECONDS.toNanos(1);

    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(40);

    private static final VarHandle PHASE;

    static {
        try {
            PHASE = MethodHandles.lookup().findVarHandle(RunningCall.class, "phase", Phase.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /// How far it has got.
    enum Phase {
        RUNNING,
        INTERRUPTED,
        STUCK,
        ENDED
    }

    final Calls.Kind kind;
    final AccountId account;
    final Runnable whenStuck;
    final long began;

    /// How it came to be made.
    final Pass pass;

    /// Which place of the bulkhead it takes; written by the calling thread before anybody sees it.
    int place;

    private final Thread thread;
    private volatile Phase phase = Phase.RUNNING;
    private volatile long due;
    private boolean paused;
    private long pausedAt;

    RunningCall(
            Thread thread,
            Calls.Kind kind,
            AccountId account,
            Runnable whenStuck,
            long began,
            Pass pass) {
        this.thread = thread;
        this.kind = kind;
        this.account = account;
        this.whenStuck = whenStuck;
        this.began = began;
        this.pass = pass;
        this.due = began + kind.nanos();
    }

    boolean isOn(Thread other) {
        return thread.equals(other);
    }

    /// Ends it, on its own thread. After that the watchdog interrupts the thread no more, and an
    /// interrupt of the watchdog's that the call did not use up is taken back.
    ///
    /// @return how far it had got: RUNNING, INTERRUPTED or STUCK
    Phase end() {
        if (PHASE.compareAndSet(this, Phase.RUNNING, Phase.ENDED)) {
            return Phase.RUNNING;
        }
        synchronized (this) {
            var before = phase;
            phase = Phase.ENDED;
            Thread.interrupted();
            return before;
        }
    }

    /// Interrupts it when its time is over, on the watchdog's thread.
    ///
    /// @return whether it has become stuck just now
    boolean look(long now) {
        if (now - due < 0) {
            return false;
        }
        synchronized (this) {
            if (paused || now - due < 0) {
                return false;
            }
            if (phase == Phase.INTERRUPTED) {
                phase = Phase.STUCK;
                return true;
            }
            if (PHASE.compareAndSet(this, Phase.RUNNING, Phase.INTERRUPTED)) {
                due = now + GRACE;
                thread.interrupt();
            }
            return false;
        }
    }

    /// Whether it runs for so long already that it is not short, and does not wait for anything.
    boolean holds(long now) {
        return now - began >= SHORT && thread.getState() == Thread.State.RUNNABLE;
    }

    /// Interrupts it although it was given up, if it still runs.
    synchronized void interrupt() {
        if (phase == Phase.STUCK) {
            thread.interrupt();
        }
    }

    /// Stops its clock.
    ///
    /// @return false: it was given up already, and its place with it
    synchronized boolean pause() {
        if (phase == Phase.STUCK || phase == Phase.ENDED) {
            return false;
        }
        paused = true;
        pausedAt = System.nanoTime();
        return true;
    }

    synchronized void resume() {
        paused = false;
        due += System.nanoTime() - pausedAt;
    }
}
