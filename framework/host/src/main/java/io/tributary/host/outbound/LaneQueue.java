package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox.Priority;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Lanes in turn: those of bulk wait until no other one stands here. Only the dispatcher's loop
/// touches it.
final class LaneQueue {

    private final SequencedSet<Lane> normal = new LinkedHashSet<>();
    private final SequencedSet<Lane> bulk = new LinkedHashSet<>();

    void add(Lane lane) {
        of(lane.priority()).add(lane);
    }

    private SequencedSet<Lane> of(Priority priority) {
        return switch (priority) {
            case NORMAL -> normal;
            case BULK -> bulk;
        };
    }

    /// Has a lane stand where its priority is by now, if it stands here.
    void raise(Lane lane) {
        if (lane.priority() == Priority.NORMAL && bulk.remove(lane)) {
            normal.add(lane);
        }
    }

    boolean isEmpty() {
        return normal.isEmpty() && bulk.isEmpty();
    }

    /// Whether only bulk is left.
    boolean isBulkNext() {
        return normal.isEmpty() && !bulk.isEmpty();
    }

    /// Takes the next one off; there has to be one.
    Lane remove() {
        return normal.isEmpty() ? bulk.removeFirst() : normal.removeFirst();
    }

    /// @return false: it did not stand here
    boolean remove(Lane lane) {
        return normal.remove(lane) || bulk.remove(lane);
    }

    /// Takes all off, in turn.
    List<Lane> removeAll() {
        var all = new ArrayList<Lane>(normal.size() + bulk.size());
        all.addAll(normal);
        all.addAll(bulk);
        normal.clear();
        bulk.clear();
        return all;
    }
}
