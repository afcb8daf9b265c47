package io.tributary.twilio.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Keeps when requests to send came and were answered. Thread safe; each is told of by the one
/// thread that answers it.
final class Submissions {

    private final ConcurrentLinkedQueue<Open> begun = new ConcurrentLinkedQueue<>();

    /// One of them, under way at first.
    static final class Open {
        private final @Nullable Fault fault;
        private final long began = System.nanoTime();
        private volatile long last = began;
        private long second = began;
        private long third = began;
        private volatile boolean over;

        private Open(@Nullable Fault fault) {
            this.fault = fault;
        }

        /// The next byte of the answer is about to go.
        void now() {
            third = second;
            second = last;
            last = System.nanoTime();
        }

        /// The last write failed. The one before may have gone into a buffer only, the one before
        /// that was heard.
        void left() {
            last = third;
        }

        private Submission seen() {
            return new Submission(began, last, fault);
        }
    }

    Open begin(boolean send, @Nullable Fault fault) {
        var open = new Open(fault);
        if (send) {
            begun.add(open);
        }
        return open;
    }

    void end(Open open) {
        open.over = true;
    }

    List<Submission> ended() {
        return seen(open -> open.over);
    }

    List<Submission> begun() {
        return seen(_ -> true);
    }

    private List<Submission> seen(Predicate<Open> wanted) {
        return begun.stream()
                .filter(wanted)
                .map(Open::seen)
                .sorted(Comparator.comparingLong(Submission::began))
                .toList();
    }
}
