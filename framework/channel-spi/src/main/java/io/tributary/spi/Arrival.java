package io.tributary.spi;

import java.time.Instant;
import java.util.List;

/// What is to be translated: one event, or all pieces of a whole in order.
///
/// @param complete false where pieces are missing and patience is over (guarantee 12)
/// @param receivedAt when it came; of a whole, when its first piece came
public record Arrival(List<RawEvent> events, boolean complete, Instant receivedAt) {

    public Arrival {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("an arrival has at least one event");
        }
    }

    public static Arrival of(RawEvent event, Instant receivedAt) {
        return new Arrival(List.of(event), true, receivedAt);
    }

    /// The event, or the first that is there of several.
    public RawEvent event() {
        return events.getFirst();
    }
}
