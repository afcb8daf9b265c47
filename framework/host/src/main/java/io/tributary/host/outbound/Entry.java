package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox;
import io.tributary.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One send that is not final yet, as the dispatcher has it in hand. Only the dispatcher's loop
/// changes it, except for what was tried and looked up: that does the one work under way.
final class Entry {

    private static final int MOST_TRIED = 50;

    private volatile Outbox.Send send;
    private final List<Tried> tried = new ArrayList<>();
    private volatile int lookUps;
    private volatile @Nullable Instant nextLookUp;
    private volatile @Nullable Instant underWaySince;
    private volatile boolean waited;
    private boolean busy;
    private boolean poked;

    /// @param attempt which one
    /// @param reason what came of it
    record Tried(int attempt, Instant at, Reason reason) {}

    Entry(Outbox.Send send) {
        this.send = send;
    }

    Outbox.Send send() {
        return send;
    }

    void send(Outbox.Send now) {
        send = now;
    }

    /// Whether it has waited for a wire, while others may have sent it.
    boolean waited() {
        return waited;
    }

    void waits() {
        waited = true;
    }

    /// Whether it has been found under way for so long, since this was first asked.
    boolean isOverdue(Instant now, Duration most) {
        var first = underWaySince;
        if (first == null) {
            underWaySince = now;
            return false;
        }
        return now.isAfter(first.plus(most));
    }

    /// Something came that may settle it.
    void poke() {
        poked = true;
    }

    /// Whether something came since this was last asked.
    boolean takePoke() {
        boolean was = poked;
        poked = false;
        return was;
    }

    /// Whether something is being done about it right now.
    boolean busy() {
        return busy;
    }

    void busy(boolean now) {
        busy = now;
    }

    synchronized void tried(int attempt, Instant at, Reason reason) {
        if (tried.size() == MOST_TRIED) {
            tried.remove(MOST_TRIED / 2);
        }
        tried.add(new Tried(attempt, at, reason));
    }

    /// The attempts of this run of the member, oldest first; of very many some in the middle are
    /// missing.
    synchronized List<Tried> tried() {
        return List.copyOf(tried);
    }

    int lookUps() {
        return lookUps;
    }

    /// When the provider is to be asked; null: it was never asked, ask as soon as the first delay
    /// is over.
    @Nullable Instant nextLookUp() {
        return nextLookUp;
    }

    @SuppressWarnings(
            "NonAtomicVolatileUpdate") // written by the one thread of its lane, read by others
    void lookedUp(Instant next) {
        lookUps++;
        nextLookUp = next;
    }

    /// Its outcome is unknown anew: nobody was asked about this attempt yet.
    void notLookedUp() {
        lookUps = 0;
        nextLookUp = null;
    }
}
