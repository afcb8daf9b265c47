package io.tributary.host.agents;

import io.tributary.host.journal.Filter;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.Row;
import java.util.List;
import java.util.Optional;

/// All rows in order, for who follows the log at a pace of its own: from memory where they are
/// there still, from the log else. Nothing is kept for such a reader and nobody wakes it, so it
/// costs those who commit nothing. Blocking; thread safe.
public final class Follow {

    private final Tail tail;
    private final LogReader log;

    Follow(Tail tail) {
        this.tail = tail;
        this.log = tail.journal().log();
    }

    /// What comes next.
    ///
    /// @param fromLog they cost the database something
    public record Stretch(List<Row> rows, boolean fromLog) {}

    /// The rows that follow a position, `limit` at the most; none where there are none yet. They
    /// follow it without a gap, unless the log keeps no more what is missing.
    public Stretch after(long position, int limit) {
        Optional<List<Event>> near = tail.after(position, limit);
        return near.isPresent()
                ? new Stretch(near.get().stream().map(Event::row).toList(), false)
                : new Stretch(log.after(position, Filter.ALL, limit).rows(), true);
    }
}
