package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox.Priority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Lanes in turn: those of bulk wait until no other one stands here. Only the dispatcher's loop
/// touches it.
final class LaneQueue {

    private final ArrayDeque<Lane> normal = new ArrayDeque<>();
    private final ArrayDeque<Lane> bulk = new ArrayDeque<>();

    void add(Lane lane) {
        of(lane.priority()).add(lane);
    }

    private ArrayDeque<Lane> of(Priority priority) {
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
        return normal.isEmpty() ? bulk.remove() : normal.remove();
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
