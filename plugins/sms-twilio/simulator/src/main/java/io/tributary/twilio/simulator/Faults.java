package io.tributary.twilio.simulator;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The script of what goes wrong with the next requests. Thread safe.
public final class Faults {

    private final Queue<Fault> sends = new ConcurrentLinkedQueue<>();
    private final Queue<Fault> reads = new ConcurrentLinkedQueue<>();
    private volatile Supplier<@Nullable Fault> otherwise = () -> null;

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

    /// What happens to requests that send a message where nothing else is scripted, such as by
    /// chance.
    ///
    /// @param each asked for each of them, on any thread; null: it goes well
    public Faults onSendOtherwise(Supplier<@Nullable Fault> each) {
        otherwise = each;
        return this;
    }

    @Nullable Fault next(boolean send) {
        if (!send) {
            return reads.poll();
        }
        var scripted = sends.poll();
        return scripted == null ? otherwise.get() : scripted;
    }
}
