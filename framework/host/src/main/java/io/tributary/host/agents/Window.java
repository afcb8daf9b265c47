package io.tributary.host.agents;

import io.tributary.host.journal.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A ring of rows whose positions follow each other. Not thread safe.
final class Window {

    private final Cursors cursors;
    private final @Nullable Event[] ring;
    private final long mostBytes;
    private long bytes;
    private long first = 1;
    private long head;

    Window(Cursors cursors, int rows, long mostBytes) {
        this.cursors = cursors;
        this.ring = new Event[rows];
        this.mostBytes = mostBytes;
    }

    int capacity() {
        return ring.length;
    }

    long head() {
        return head;
    }

    /// Empties it: the next row is the one after this position.
    void startAfter(long position) {
        java.util.Arrays.fill(ring, null);
        bytes = 0;
        head = position;
        first = position + 1;
    }

    /// @return false: not the next row, whether known already or too early
    boolean add(Row row) {
        if (row.position() != head + 1) {
            return false;
        }
        if (head - first + 1 == ring.length) {
            dropFirst();
        }
        ring[slot(row.position())] = new Event(row, cursors);
        head = row.position();
        bytes += row.body().length();
        while (bytes > mostBytes && first < head) {
            dropFirst();
        }
        return true;
    }

    Optional<List<Event>> after(long position, int limit) {
        if (position < first - 1) {
            return Optional.empty();
        }
        long last = Math.min(head, position + limit);
        List<Event> events = new ArrayList<>((int) Math.max(0, last - position));
        for (long next = position + 1; next <= last; next++) {
            Event event = ring[slot(next)];
            if (event == null) {
                throw new IllegalStateException("the window lost position " + next);
            }
            events.add(event);
        }
        return Optional.of(events);
    }

    private void dropFirst() {
        Event gone = ring[slot(first)];
        ring[slot(first)] = null;
        first++;
        if (gone != null) {
            bytes -= gone.row().body().length();
        }
    }

    private int slot(long position) {
        return (int) (position % ring.length);
    }
}
