package io.tributary.host.outbound;

import java.util.concurrent.Semaphore;

/// Where the sends of one wire stand: some are being prepared, so many at once are at the provider,
/// and of some it is being written down what became of them.
///
/// A commit before the call and one after it take longer than a quick provider does. Were a send to
/// hold its place among the calls all that time, the provider would mostly wait for the disk. So
/// more are prepared than may be called, as long as there is room among the calls: a provider that
/// is slow has all its places taken, and nothing is marked as begun that would only wait. Thread
/// safe.
final class Places {

    /// So many sends' outcomes are written down at once before others begin.
    private static final int MOST_WRITTEN = 64;

    /// More than this at once is as good as any number.
    private static final int MOST_CALLED = 10_000;

    private final int most;
    private final Runnable freed;
    private final Semaphore calls;
    private boolean shut;
    private int prepared;
    private int called;
    private int written;

    /// @param most how many may be at the provider at once; 0: none may begin
    /// @param freed told when there may be room again
    Places(int most, Runnable freed) {
        this.most = Math.min(most, MOST_CALLED);
        this.freed = freed;
        this.calls = new Semaphore(this.most, true);
    }

    /// As many as somebody else lets begin.
    static Places countedElsewhere() {
        return new Places(Integer.MAX_VALUE, () -> {});
    }

    /// Whether one more may begin. Of several places bulk leaves one free: a channel may take long
    /// over each, and whoever is waited for would wait for one of these. Where there is one only,
    /// it leaves that until the last outcome is written down: what comes next in that conversation
    /// may be waited for.
    synchronized boolean hasRoom(boolean bulk) {
        if (shut || written >= MOST_WRITTEN) {
            return false;
        }
        if (!bulk) {
            return prepared < 2 * (most - called);
        }
        return most > 1 ? prepared + called < most - 1 : prepared + called + written < most;
    }

    /// Lets nobody call any more, those included who wait for it.
    void shut() {
        synchronized (this) {
            shut = true;
        }
        // whoever waits finds a place, and that it is shut
        calls.release(MOST_CALLED);
    }

    /// For one that begins now.
    synchronized Place take() {
        prepared++;
        return new Place();
    }

    private enum Stage {
        PREPARED,
        CALLED,
        WRITTEN,
        GONE
    }

    /// That of one send. It goes forward only.
    final class Place {

        private Stage stage = Stage.PREPARED;

        /// Waits until it may call.
        ///
        /// @return false: nobody may any more
        boolean call() throws InterruptedException {
            calls.acquire();
            move(Stage.CALLED);
            synchronized (Places.this) {
                return !shut;
            }
        }

        /// The call is over, or given up.
        void called() {
            if (move(Stage.WRITTEN)) {
                freed.run();
            }
        }

        /// All is done.
        void leave() {
            move(Stage.GONE);
        }

        /// @return false: it was there already, or further
        private boolean move(Stage to) {
            synchronized (Places.this) {
                if (stage.compareTo(to) >= 0) {
                    return false;
                }
                count(stage, -1);
                if (stage == Stage.CALLED) {
                    calls.release();
                }
                count(to, 1);
                stage = to;
                return true;
            }
        }
    }

    private void count(Stage stage, int by) {
        switch (stage) {
            case PREPARED -> prepared += by;
            case CALLED -> called += by;
            case WRITTEN -> written += by;
            case GONE -> {}
        }
    }
}
