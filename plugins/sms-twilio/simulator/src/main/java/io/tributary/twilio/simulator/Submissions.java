package io.tributary.twilio.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Keeps when requests to send came and were answered. Thread safe.
final class Submissions {

    private final ConcurrentLinkedQueue<Submission> ended = new ConcurrentLinkedQueue<>();

    /// One that is under way, for the thread that answers it.
    static final class Open {
        private final boolean send;
        private final @Nullable Fault fault;
        private final long began = System.nanoTime();
        private long last = began;
        private long second = began;
        private long third = began;

        private Open(boolean send, @Nullable Fault fault) {
            this.send = send;
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
    }

    Open begin(boolean send, @Nullable Fault fault) {
        return new Open(send, fault);
    }

    void end(Open open) {
        if (open.send) {
            ended.add(new Submission(open.began, open.last, open.fault));
        }
    }

    List<Submission> all() {
        return ended.stream().sorted(Comparator.comparingLong(Submission::began)).toList();
    }
}
