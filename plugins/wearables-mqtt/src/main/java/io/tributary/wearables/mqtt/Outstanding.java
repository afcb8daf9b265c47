package io.tributary.wearables.mqtt;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Messages of ours that the broker has not answered yet. It says how many it takes at once
/// (Receive Maximum, MQTT 5 section 3.2.2.3.3).
final class Outstanding {

    /// The last id is that of the subscription.
    private static final int MOST_IDS = 0xFFFE;

    static final int SUBSCRIPTION = 0xFFFF;

    /// The connection ended before the answer came, or nothing was said.
    static final int NO_ANSWER = -1;

    private final Semaphore room;
    private final Map<Integer, CompletableFuture<Integer>> waiting = new HashMap<>();
    private final BitSet used = new BitSet();
    private boolean over;

    Outstanding(int most) {
        this.room = new Semaphore(Math.clamp(most, 1, MOST_IDS));
    }

    /// One message, from before it is said until its answer is there.
    ///
    /// @param reason the broker's answer, or [#NO_ANSWER]
    record Ticket(int id, CompletableFuture<Integer> reason) {}

    /// Waits for room. Null: the connection has ended.
    @Nullable Ticket begin() throws InterruptedException {
        room.acquire();
        synchronized (this) {
            if (over) {
                room.release();
                return null;
            }
            int id = used.nextClearBit(1);
            used.set(id);
            var ticket = new Ticket(id, new CompletableFuture<>());
            waiting.put(id, ticket.reason());
            return ticket;
        }
    }

    /// Nothing of it was said after all.
    void forget(Ticket ticket) {
        answered(ticket.id(), NO_ANSWER);
    }

    /// The broker has answered. What was not asked is passed over.
    void answered(int id, int reason) {
        CompletableFuture<Integer> answer;
        synchronized (this) {
            answer = waiting.remove(id);
            if (answer == null) {
                return;
            }
            used.clear(id);
        }
        room.release();
        answer.complete(reason);
    }

    /// The connection has ended: nobody answers any more.
    void end() {
        Map<Integer, CompletableFuture<Integer>> left;
        synchronized (this) {
            over = true;
            left = Map.copyOf(waiting);
            waiting.clear();
        }
        left.values().forEach(answer -> answer.complete(NO_ANSWER));
        room.release(MOST_IDS);
    }
}
