package io.tributary.host.journal;

import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Reads the log that many members write.
final class PostgresLog implements LogReader {

    /// So many rows one call looks at.
    private static final int STRETCH = 4096;

    /// So many where not all pass: all of them come over the network.
    private static final int FILTERED = 1024;

    private final ReadPool pool;
    private final Greeter greeter;
    private final PostgresConversations conversations;

    PostgresLog(ReadPool pool, Greeter greeter, PostgresConversations conversations) {
        this.pool = pool;
        this.greeter = greeter;
        this.conversations = conversations;
    }

    @Override
    public long identity() {
        return greeter.timelines().identity();
    }

    @Override
    public int timeline() {
        return greeter.timelines().current();
    }

    @Override
    public long lastCommon(int timeline) {
        return greeter.timelines().lastCommon(timeline, head());
    }

    @Override
    public long head() {
        int timeline = greeter.timelines().current();
        long head = pool.read(sql -> sql.number(1, "select next_position from log") - 1);
        // also of what others told us before we have read it
        greeter.seen(timeline, head);
        return head;
    }

    @Override
    public long oldest() {
        return pool.read(sql -> sql.number(1, "select least(oldest, next_position) from log"));
    }

    @Override
    public Page after(long position, Filter filter, int limit) {
        ConversationId conversation = filter.conversation();
        if (conversation != null) {
            return OneConversation.page(this, conversations, conversation, position, filter, limit);
        }
        boolean all = filter.equals(Filter.ALL);
        int timeline = greeter.timelines().current();
        List<Row> rows =
                pool.read(sql ->
                        sql.list(
                                PostgresRows.SELECT
                                        + "where position > ? order by position limit ?",
                                PostgresRows::row,
                                position,
                                all ? Math.min(limit, STRETCH) : FILTERED));
        List<Row> passed = rows.stream().filter(row -> all || filter.accepts(row)).toList();
        if (!rows.isEmpty()) {
            greeter.seen(timeline, rows.getLast().position());
        }
        boolean gap = false;
        long seen = position;
        for (Row row : rows) {
            gap |= row.position() != seen + 1;
            seen = row.position();
        }
        return passed.size() <= limit
                ? new Page(passed, seen, gap)
                : new Page(passed.subList(0, limit), passed.get(limit - 1).position(), gap);
    }

    @Override
    public Optional<Row> byId(InteractionId id) {
        return pool.read(
                sql -> sql.first(PostgresRows.SELECT + "where id = ?", PostgresRows::row, id));
    }

    @Override
    public Optional<Row> at(long position) {
        return pool.read(sql ->
                sql.first(PostgresRows.SELECT + "where position = ?", PostgresRows::row, position));
    }

    @Override
    public Optional<Raw> raw(InteractionId id) {
        return pool.read(sql ->
                sql.first(
                        "select r.position, r.kind, r.notes, r.body, r.received_at, r.piece from raw_event r"
                                + " join interaction i on i.raw_event = r.id where i.id = ?",
                        PostgresLog::raw,
                        id));
    }

    private static Raw raw(Columns columns) throws SQLException {
        return new Raw(
                columns.number(),
                columns.text(),
                Notes.read(columns.text()),
                columns.bytes(),
                columns.instant(),
                columns.flag());
    }
}
