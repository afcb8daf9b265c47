package io.tributary.host.journal;

import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the log.
final class LogReads implements LogReader {

    /// So many rows one call looks at, whether they pass or not: a few milliseconds.
    private static final int STRETCH = 4096;

    private static final String AFTER =
            InteractionReading.SELECT + "where position > ? order by position limit ?";

    private final ReadPool pool;
    private final LogEnds ends;
    private final Timelines.Known timelines;
    private final ConversationReads conversations;

    LogReads(
            ReadPool pool,
            LogEnds ends,
            Timelines.Known timelines,
            ConversationReads conversations) {
        this.conversations = conversations;
        this.pool = pool;
        this.ends = ends;
        this.timelines = timelines;
    }

    @Override
    public long identity() {
        return timelines.identity();
    }

    @Override
    public int timeline() {
        return timelines.current();
    }

    @Override
    public long lastCommon(int timeline) {
        return timelines.lastCommon(timeline, ends.head());
    }

    @Override
    public long head() {
        return ends.head();
    }

    @Override
    public long oldest() {
        return Math.min(ends.oldest(), ends.head() + 1);
    }

    @Override
    public Page after(long position, Filter filter, int limit) {
        ConversationId conversation = filter.conversation();
        if (conversation != null) {
            return OneConversation.page(this, conversations, conversation, position, filter, limit);
        }
        return pool.read(sql -> {
            List<Row> passed = new ArrayList<>();
            boolean all = filter.equals(Filter.ALL);
            PreparedStatement statement = sql.statement(AFTER);
            statement.setLong(1, position);
            statement.setInt(2, all ? Math.min(limit, STRETCH) : STRETCH);
            long seen = position;
            boolean gap = false;
            try (ResultSet rows = statement.executeQuery()) {
                var columns = new Columns(sql.dialect, rows);
                while (passed.size() < limit && columns.next()) {
                    Row row = InteractionReading.row(columns);
                    gap |= row.position() != seen + 1;
                    seen = row.position();
                    if (all || filter.accepts(row)) {
                        passed.add(row);
                    }
                }
            }
            return new Page(passed, seen, gap);
        });
    }

    @Override
    public Optional<Row> byId(InteractionId id) {
        return pool.read(sql -> InteractionReading.byId(sql, id));
    }

    @Override
    public Optional<Row> at(long position) {
        return pool.read(sql ->
                sql.first(
                        InteractionReading.SELECT + "where position = ?",
                        InteractionReading::row,
                        position));
    }

    @Override
    public Optional<Raw> raw(InteractionId id) {
        return pool.readAtOnce(sql -> {
            Optional<InteractionReading.Whole> of =
                    sql.first(
                            InteractionReading.SELECT + "where id = ?",
                            InteractionReading::whole,
                            id);
            return of.isEmpty() ? Optional.empty() : raw(sql, of.get().rawEvent());
        });
    }

    static Optional<Raw> raw(Sql sql, long id) throws SQLException {
        return sql.first(
                "select " + RawRow.COLUMNS + " from raw_event where id = ?", RawReading::read, id);
    }
}
