package io.tributary.host.agents;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The signals that one reader has not been shown yet: a few, the newest. Thread safe.
final class Glimpses {

    private static final int MOST = 64;

    private final @Nullable Watched watched;
    private final Queue<Glimpse> waiting = new ArrayDeque<>();

    /// @param watched null: none
    Glimpses(@Nullable Watched watched) {
        this.watched = watched;
    }

    @Nullable Watched watched() {
        return watched;
    }

    /// Of a reader who takes nothing the oldest are lost.
    synchronized void add(Glimpse glimpse) {
        if (waiting.size() == MOST) {
            waiting.remove();
        }
        waiting.add(glimpse);
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// Writes those that are not late.
    ///
    /// @return whether there is something to flush
    boolean write(Sink sink) {
        boolean any = false;
        for (Glimpse next = next(); next != null; next = next()) {
            if (!next.late()) {
                sink.signal(next.type(), next.data());
                any = true;
            }
        }
        return any;
    }

    private synchronized @Nullable Glimpse next() {
        return waiting.poll();
    }
}
