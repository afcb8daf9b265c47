package io.tributary.host.outbound;

import io.tributary.host.accounts.Wire;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The lanes that stand before the wires of an account's connections and devices, and those that
/// wait for a wire to come. Only the dispatcher's loop touches it.
final class Departures {

    private final Map<Wire, Stand> stands = new HashMap<>();

    /// Wires before which somebody stands and that may have room, in turn.
    private final LinkedHashSet<Wire> turns = new LinkedHashSet<>();

    /// Those that stood before wires that were shut: they need another one.
    private final ArrayDeque<Lane> stranded = new ArrayDeque<>();

    private final Map<Lane, String> waiting = new HashMap<>();

    /// What stands before one wire.
    private static final class Stand {
        private final LaneQueue lanes = new LaneQueue();
        private final int most;
        private int underWay;

        Stand(int most) {
            this.most = most;
        }
    }

    /// A lane and the wire that it goes on.
    record Departure(Lane lane, Wire wire) {}

    /// Puts a lane last before a wire.
    ///
    /// @param most how many may be under way on it
    void stand(Lane lane, Wire wire, int most) {
        stands.computeIfAbsent(wire, _ -> new Stand(most)).lanes.add(lane);
        turns.add(wire);
    }

    /// Takes the next lane off that may go now; null: there is none. One that does not go after all
    /// is to be told of by [#back].
    @Nullable Departure next() {
        while (!turns.isEmpty()) {
            var wire = turns.removeFirst();
            var stand = stands.get(wire);
            if (stand == null || stand.lanes.isEmpty()) {
                continue;
            }
            if (!wire.open()) {
                strand(wire, stand);
            } else if (stand.underWay < stand.most) {
                stand.underWay++;
                turns.addLast(wire);
                return new Departure(stand.lanes.remove(), wire);
            }
        }
        return null;
    }

    private void strand(Wire wire, Stand stand) {
        stranded.addAll(stand.lanes.removeAll());
        if (stand.underWay == 0) {
            stands.remove(wire);
        }
    }

    /// One that went on a wire has come back, or did not go.
    void back(Wire wire) {
        var stand = stands.get(wire);
        if (stand != null) {
            stand.underWay--;
            if (!stand.lanes.isEmpty()) {
                turns.add(wire);
            } else if (stand.underWay == 0) {
                stands.remove(wire);
            }
        }
    }

    /// Looks which wires are shut: whoever stands before them is stranded.
    void lookAtWires() {
        for (var each : List.copyOf(stands.entrySet())) {
            if (!each.getKey().open()) {
                strand(each.getKey(), each.getValue());
            }
        }
    }

    /// Takes off the next one that stood before a wire which was shut; null: there is none.
    @Nullable Lane nextStranded() {
        return stranded.poll();
    }

    /// Takes a lane off again, wherever it stands.
    ///
    /// @return false: it stood nowhere
    boolean stepBack(Lane lane) {
        for (var stand : stands.values()) {
            if (stand.lanes.remove(lane)) {
                return true;
            }
        }
        return stranded.remove(lane);
    }

    /// Has a lane stand where its priority is by now, if it stands anywhere.
    void raise(Lane lane) {
        stands.values().forEach(stand -> stand.lanes.raise(lane));
    }

    boolean isAnyStanding() {
        return !stands.isEmpty();
    }

    /// Has a lane wait for somebody to come; empty: anybody.
    void await(Lane lane, String whom) {
        waiting.put(lane, whom);
    }

    /// The lane waits no more, if it did.
    void wake(Lane lane) {
        waiting.remove(lane);
    }

    /// Takes off those that wait for somebody.
    ///
    /// @param whom null: all that wait
    List<Lane> awaiting(@Nullable String whom) {
        var lanes = new ArrayList<Lane>(0);
        waiting.entrySet()
                .removeIf(each -> {
                    boolean comes = whom == null || whom.equals(each.getValue());
                    if (comes) {
                        lanes.add(each.getKey());
                    }
                    return comes;
                });
        return lanes;
    }

    boolean isAwaiting(Lane lane) {
        return waiting.containsKey(lane);
    }

    boolean isAwaiting() {
        return !waiting.isEmpty();
    }
}
