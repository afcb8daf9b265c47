package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Watched conversations in their table, the same in both databases.
final class WatchRows implements Watches {

    private static final String COLUMNS =
            "select conversation, account, version, closes_at, due_at, revision from watch ";

    private final ReadPool pool;
    private final FoldRows.Writing writing;

    WatchRows(ReadPool pool, FoldRows.Writing writing) {
        this.pool = pool;
        this.writing = writing;
    }

    @Override
    public Optional<Watch> of(ConversationId conversation) {
        return pool.read(sql ->
                sql.first(COLUMNS + "where conversation = ?", WatchRows::read, conversation));
    }

    /// The condition is that of the index, word by word, so that it is used.
    @Override
    public List<Watch> due(Instant now, int limit) {
        return pool.read(sql ->
                sql.list(
                        COLUMNS
                                + "where due_at is not null and due_at <= ?"
                                + " order by due_at limit ?",
                        WatchRows::read,
                        now,
                        limit));
    }

    @Override
    public List<Watch> of(AccountId account, @Nullable ConversationId after, int limit) {
        return pool.read(sql ->
                after == null
                        ? sql.list(
                                COLUMNS + "where account = ? order by conversation limit ?",
                                WatchRows::read,
                                account,
                                limit)
                        : sql.list(
                                COLUMNS
                                        + "where account = ? and conversation > ?"
                                        + " order by conversation limit ?",
                                WatchRows::read,
                                account,
                                after,
                                limit));
    }

    @Override
    public void begin(Watch first) {
        written(
                "insert into watch (conversation, account, version, closes_at, due_at, revision)"
                        + " values (?, ?, ?, ?, ?, ?) on conflict (conversation) do nothing",
                first.conversation(),
                first.account(),
                first.version(),
                first.closesAt(),
                first.dueAt(),
                first.revision());
    }

    @Override
    public boolean move(Watch read, Watch next) {
        return written(
                        "update watch set version = ?, closes_at = ?, due_at = ?, revision = ?"
                                + " where conversation = ? and revision = ?",
                        next.version(),
                        next.closesAt(),
                        next.dueAt(),
                        read.revision() + 1,
                        read.conversation(),
                        read.revision())
                > 0;
    }

    @Override
    public void end(ConversationId conversation) {
        written("delete from watch where conversation = ?", conversation);
    }

    private int written(String text, @Nullable Object... values) {
        return writing.run(sql -> sql.update(text, values));
    }

    private static Watch read(Columns columns) throws SQLException {
        return new Watch(
                columns.conversation(),
                columns.account(),
                columns.text(),
                columns.instantOrNull(),
                columns.instantOrNull(),
                columns.number());
    }
}
