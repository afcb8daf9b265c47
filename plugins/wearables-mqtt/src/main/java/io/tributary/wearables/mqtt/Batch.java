package io.tributary.wearables.mqtt;

import io.tributary.model.Signal;
import io.tributary.spi.Delivery;
import io.tributary.spi.NotStored;
import io.tributary.spi.RawEvent;
import io.tributary.spi.Slot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What came together: stored in one commit, and only then acknowledged, in the order in which it
/// came (MQTT 5, section 4.6).
final class Batch {

    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final List<RawEvent> events = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();
    private final List<Packet.PubAck> answers = new ArrayList<>();
    private long bytes;
    private int messages;

    void add(RawEvent event) {
        events.add(event);
        bytes += event.body().length();
    }

    void add(Signal signal) {
        signals.add(signal);
    }

    /// It came; what there is of it to keep was added.
    ///
    /// @param id of the packet; 0: nobody waits for an answer
    void came(int id) {
        messages++;
        if (id != 0) {
            answers.add(new Packet.PubAck(id, Reasons.SUCCESS));
        }
    }

    boolean isEmpty() {
        return messages == 0;
    }

    boolean isFull() {
        return messages >= BrokerSettings.MOST_AT_ONCE || bytes >= MOST_BYTES;
    }

    /// @throws NotStored nothing is acknowledged: the broker brings it again at the next connection
    void store(Slot slot, Wire wire) throws NotStored, IOException, InterruptedException {
        if (!events.isEmpty()) {
            slot.deliver(Delivery.of(events));
        }
        signals.forEach(slot::signal);
        if (!answers.isEmpty()) {
            wire.say(answers);
        }
    }
}
