package io.tributary.host.outbound;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;

/// Where the sends of one account or wire stand: some are being prepared, so many at once are at
/// the provider, and of some it is being written down what became of them.
///
/// A commit before the call and one after it take longer than a quick provider does. Were a send to
/// hold its place among the calls all that time, the provider would mostly wait for the disk. So
/// more are prepared than may be called, as long as there is room among the calls: a provider that
/// is slow has all its places taken, and nothing is marked as begun that would only wait.
///
/// They outlive the account as it is open: a call that was begun through it is at the provider
/// still when it is opened anew, and counts. Thread safe.
final class Places {

    /// So many sends' outcomes are written down at once before others begin.
    private static final int MOST_WRITTEN = 64;

    /// More than this at once is as good as any number.
    private static final int MOST_CALLED = 10_000;

    private final Runnable freed;
    private final Queue<Place> waiting = new ArrayDeque<>();
    private int most;
    private long shuttings;
    private int prepared;
    private int called;
    private int written;

    /// None may begin until they are opened.
    ///
    /// @param freed told when there may be room again
    Places(Runnable freed) {
        this.freed = freed;
    }

    /// As many as somebody else lets begin.
    static Places countedElsewhere() {
        var places = new Places(() -> {});
        places.open(MOST_CALLED);
        return places;
    }

    /// @param atOnce how many may be at the provider at once from now on
    synchronized void open(int atOnce) {
        most = Math.min(atOnce, MOST_CALLED);
        letIn();
    }

    /// Lets nobody call any more who has a place by now, and nobody begin until they are opened
    /// again.
    synchronized void shut() {
        most = 0;
        shuttings++;
        letIn();
    }

    /// Whether one more may begin. Of several places bulk leaves one free: a channel may take long
    /// over each, and whoever is waited for would wait for one of these. Where there is one only,
    /// it leaves that until the last outcome is written down: what comes next in that conversation
    /// may be waited for.
    synchronized boolean hasRoom(boolean bulk) {
        if (written >= MOST_WRITTEN) {
            return false;
        }
        if (!bulk) {
            return prepared < 2 * (most - called);
        }
        return most > 1 ? prepared + called < most - 1 : prepared + called + written < most;
    }

    /// For one that begins now.
    synchronized Place take() {
        prepared++;
        return new Place(shuttings);
    }

    /// Those who have waited longest first.
    private void letIn() {
        for (var next = waiting.peek();
                next != null && (next.isLate() || called < most);
                next = waiting.peek()) {
            waiting.remove();
            if (!next.isLate()) {
                next.goesOn(Stage.CALLED);
            }
            next.answered.countDown();
        }
    }

    private enum Stage {
        PREPARED,
        CALLED,
        WRITTEN,
        GONE
    }

    /// That of one send. It goes forward only.
    final class Place {

        private final long takenAfter;
        private final CountDownLatch answered = new CountDownLatch(1);
        private Stage stage = Stage.PREPARED;

        private Place(long takenAfter) {
            this.takenAfter = takenAfter;
        }

        /// Waits until it may call.
        ///
        /// @return false: it may not any more
        boolean call() throws InterruptedException {
            synchronized (Places.this) {
                waiting.add(this);
                letIn();
            }
            try {
                answered.await();
            } catch (InterruptedException interrupt) {
                synchronized (Places.this) {
                    waiting.remove(this);
                }
                throw interrupt;
            }
            synchronized (Places.this) {
                return stage == Stage.CALLED;
            }
        }

        /// The call is over, or given up.
        void called() {
            if (goOn(Stage.WRITTEN)) {
                freed.run();
            }
        }

        /// All is done.
        void leave() {
            goOn(Stage.GONE);
        }

        /// @return false: it was there already, or further
        private boolean goOn(Stage to) {
            synchronized (Places.this) {
                boolean goes = stage.compareTo(to) < 0;
                if (goes) {
                    goesOn(to);
                    letIn();
                }
                return goes;
            }
        }

        private void goesOn(Stage to) {
            count(stage, -1);
            count(to, 1);
            stage = to;
        }

        private boolean isLate() {
            return takenAfter != shuttings;
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
