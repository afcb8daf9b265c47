package io.tributary.host.devices;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/// Runs what it is given one after the other, on a virtual thread that lives as long as there is
/// something. Thread safe.
final class Turns {

    private final Consumer<Runnable> threads;
    private final Queue<Runnable> waiting = new ArrayDeque<>(2);
    private boolean running;

    /// @param threads gives work a virtual thread of its own
    Turns(Consumer<Runnable> threads) {
        this.threads = threads;
    }

    void give(Runnable turn) {
        synchronized (this) {
            waiting.add(turn);
            if (running) {
                return;
            }
            running = true;
        }
        threads.accept(this::run);
    }

    /// How many wait for their turn.
    synchronized int waiting() {
        return waiting.size();
    }

    private void run() {
        for (var turn = next(); turn != null; turn = next()) {
            try {
                turn.run();
            } catch (RuntimeException | Error failure) {
                // the next turn is not to be lost over it
                again();
                throw failure;
            }
        }
    }

    private void again() {
        threads.accept(this::run);
    }

    /// The lock makes "nothing waits" and "nothing runs" one step, so that no turn slips in
    /// between.
    private synchronized @org.jspecify.annotations.Nullable Runnable next() {
        var turn = waiting.poll();
        if (turn == null) {
            running = false;
        }
        return turn;
    }
}
