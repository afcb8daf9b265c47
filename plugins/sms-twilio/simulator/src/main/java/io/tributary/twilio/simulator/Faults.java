package io.tributary.twilio.simulator;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// The script of what goes wrong with the next requests. Thread safe.
public final class Faults {

    private final Queue<Fault> sends = new ConcurrentLinkedQueue<>();
    private final Queue<Fault> reads = new ConcurrentLinkedQueue<>();

    Faults() {}

    /// What happens to the next requests that send a message, one each; those after them go well
    /// again.
    public Faults onSend(Fault... faults) {
        sends.addAll(List.of(faults));
        return this;
    }

    /// What happens to the next requests that read something, one each.
    public Faults onRead(Fault... faults) {
        reads.addAll(List.of(faults));
        return this;
    }

    @Nullable Fault next(boolean send) {
        return send ? sends.poll() : reads.poll();
    }
}
