package io.tributary.spi;

import io.tributary.model.Signal;
import java.util.List;

/// What came in at once. Events and state are stored in one commit; signals are passed on and never
/// kept.
///
/// At most 1,000 events, 8 MB together (guarantee 10).
public record Delivery(List<RawEvent> events, List<State.Change> state, List<Signal> signals) {

    /// Most events of one delivery.
    public static final int MOST_EVENTS = 1_000;

    /// Most bytes of all its events' bodies together.
    public static final int MOST_BYTES = 8 * 1024 * 1024;

    /// Nothing at all.
    public static final Delivery NOTHING = new Delivery(List.of(), List.of(), List.of());

    public Delivery {
        events = List.copyOf(events);
        state = List.copyOf(state);
        signals = List.copyOf(signals);
        if (events.size() > MOST_EVENTS) {
            throw new IllegalArgumentException(
                    "a delivery of " + events.size() + " events, at most " + MOST_EVENTS);
        }
        long bytes = 0;
        for (var event : events) {
            bytes += event.body().length();
        }
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "a delivery of " + bytes + " bytes, at most " + MOST_BYTES);
        }
    }

    public static Delivery of(RawEvent... events) {
        return new Delivery(List.of(events), List.of(), List.of());
    }

    public static Delivery of(List<RawEvent> events) {
        return new Delivery(events, List.of(), List.of());
    }

    /// The same with these changes of state in the same commit.
    public Delivery state(State.Change... changes) {
        return new Delivery(events, List.of(changes), signals);
    }

    /// The same with these signals beside it.
    public Delivery signals(Signal... passing) {
        return new Delivery(events, state, List.of(passing));
    }
}
