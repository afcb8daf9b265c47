package io.tributary.testkit;

import io.tributary.model.InteractionId;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Arrival;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Inbound;
import io.tributary.spi.NotStored;
import io.tributary.spi.Outcome;
import io.tributary.spi.RawEvent;
import io.tributary.spi.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Keeps what was delivered as the real log does: state and events together, each key once, pieces
/// until the whole is there, and what cannot be translated as a dead letter.
final class FakeJournal {

    /// Translates under the deadline of the SPI.
    @FunctionalInterface
    interface Translator {
        List<Inbound> translate(Arrival arrival) throws Exception;
    }

    private final FakeState state;
    private final TimeOrderedIds ids = TimeOrderedIds.system();
    private final Map<Dedupe.Key, List<InteractionId>> keys = new HashMap<>();
    private final Map<String, Instant> prints = new HashMap<>();
    private final Map<String, Whole> wholes = new HashMap<>();
    private final List<Stored> stored = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final List<RawEvent> events = new ArrayList<>();
    private boolean unavailable;
    private int refused;

    FakeJournal(FakeState state) {
        this.state = state;
    }

    /// Keeps all of a delivery or nothing.
    synchronized List<Outcome> append(Delivery delivery, Instant now, Translator translator)
            throws NotStored {
        if (unavailable) {
            refused += delivery.events().isEmpty() ? 0 : 1;
            throw new NotStored(NotStored.Why.UNAVAILABLE, "the store cannot be written now");
        }
        state.write(delivery.state().toArray(State.Change[]::new));
        var outcomes = new ArrayList<Outcome>(delivery.events().size());
        for (var event : delivery.events()) {
            outcomes.add(take(event, now, translator));
            events.add(event);
        }
        return List.copyOf(outcomes);
    }

    /// Translates what has waited for its other pieces long enough.
    synchronized void gatherOverdue(Instant now) {
        var overdue = wholes.values().stream().filter(whole -> whole.overdue(now)).toList();
        for (var whole : overdue) {
            wholes.remove(whole.group());
            translate(whole.arrival(), false, whole.translator());
        }
    }

    synchronized void unavailable(boolean now) {
        unavailable = now;
    }

    /// How many deliveries of events were refused because it was unavailable.
    synchronized int refused() {
        return refused;
    }

    /// Every event of every delivery that was stored, duplicates too.
    synchronized List<RawEvent> events() {
        return List.copyOf(events);
    }

    synchronized List<Stored> stored() {
        return List.copyOf(stored);
    }

    synchronized List<DeadLetter> deadLetters() {
        return List.copyOf(deadLetters);
    }

    private Outcome take(RawEvent event, Instant now, Translator translator) {
        if (event.dedupe() instanceof Dedupe.Key key) {
            var before = keys.get(key);
            if (before != null) {
                return new Outcome(Outcome.Fate.DUPLICATE, before);
            }
        }
        var outcome =
                event.piece() == null
                        ? translate(Arrival.of(event, now), seenLately(event, now), translator)
                        : gather(event, now, translator);
        if (event.dedupe() instanceof Dedupe.Key key) {
            keys.put(key, outcome.ids());
        }
        return outcome;
    }

    private boolean seenLately(RawEvent event, Instant now) {
        if (!(event.dedupe() instanceof Dedupe.Print print)) {
            return false;
        }
        @Nullable Instant before = prints.put(print.print(), now);
        return before != null && !before.plus(print.within()).isBefore(now);
    }

    private Outcome gather(RawEvent event, Instant now, Translator translator) {
        var piece = Objects.requireNonNull(event.piece());
        var whole = wholes.get(piece.group());
        if (whole != null && whole.has(event)) {
            return new Outcome(Outcome.Fate.DUPLICATE, List.of());
        }
        if (whole != null && whole.differs(event)) {
            // Another body under the same number: the provider has begun anew.
            wholes.remove(piece.group());
            translate(whole.arrival(), false, whole.translator());
            whole = null;
        }
        if (whole == null) {
            whole = new Whole(piece, now, translator);
            wholes.put(piece.group(), whole);
        }
        whole.add(event);
        if (!whole.complete()) {
            return new Outcome(Outcome.Fate.GATHERED, List.of());
        }
        wholes.remove(piece.group());
        return translate(whole.arrival(), false, translator);
    }

    private Outcome translate(Arrival arrival, boolean again, Translator translator) {
        try {
            var added = new ArrayList<InteractionId>();
            for (var inbound : translator.translate(arrival)) {
                var id = new InteractionId(ids.next());
                stored.add(new Stored(id, inbound, again, arrival.receivedAt()));
                added.add(id);
            }
            return new Outcome(Outcome.Fate.STORED, added);
        } catch (Exception untranslatable) {
            deadLetters.add(new DeadLetter(arrival, untranslatable.toString()));
            return new Outcome(Outcome.Fate.DEAD_LETTER, List.of());
        }
    }
}
