package io.tributary.host.journal;

import io.tributary.model.ConversationId;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What the writer writes to: its connection, the bulk insertions, and what it keeps in memory of
/// what is committed. For the writer's thread, except where a part says otherwise.
final class Tables {

    private static final String ONCE =
            "select id, hash, first, count, stored_at from once where id = ?";
    private static final String SAVE =
            "update log set next_position = ?, next_version = ?, once_sorted = ?,"
                    + " reference_sorted = ?, marks_position = ?";

    final Sql sql;
    final BulkInsert<InteractionRow> interactions;
    final BulkInsert<RawRow> rawEvents;
    final BulkInsert<KeyRow.Once> onceRows;
    final BulkInsert<KeyRow.Reference> referenceRows;
    final KeyIndex onceIndex;
    final KeyIndex referenceIndex;
    final ConversationCache conversations;
    final Marks marks;
    final EndCache ends;
    private final InstantSource clock;

    Tables(Sql sql, JournalOptions options) {
        this.sql = sql;
        this.clock = options.clock();
        this.conversations = new ConversationCache(options.remembered());
        this.ends = new EndCache(4 * options.remembered());
        this.interactions =
                new BulkInsert<>(
                        sql, InteractionRow.INSERT, InteractionRow.COUNT, InteractionRow::bind);
        this.rawEvents = new BulkInsert<>(sql, RawRow.INSERT, RawRow.COUNT, RawRow::bind);
        this.onceRows =
                new BulkInsert<>(sql, KeyRow.INSERT_ONCE, KeyRow.ONCE_COUNT, KeyRow.Once::bind);
        this.referenceRows =
                new BulkInsert<>(
                        sql,
                        KeyRow.INSERT_REFERENCE,
                        KeyRow.REFERENCE_COUNT,
                        KeyRow.Reference::bind);
        this.onceIndex = new KeyIndex(sql, "once", options.sortedAtOnce());
        this.referenceIndex = new KeyIndex(sql, "reference", options.sortedAtOnce());
        this.marks = new Marks(sql, conversations, 2 * options.remembered());
    }

    /// Takes up where the file ends.
    Counters load() throws SQLException {
        onceIndex.load(sql, sql.number(0, "select once_sorted from log"));
        referenceIndex.load(sql, sql.number(0, "select reference_sorted from log"));
        return new Counters(
                sql.number(1, "select next_position from log"),
                sql.number(1, "select next_version from log"),
                sql.number(0, "select max(id) from raw_event") + 1,
                onceIndex.lastId(sql) + 1,
                referenceIndex.lastId(sql) + 1,
                sql.number(0, "select count(*) from parked"));
    }

    Instant clock() {
        return clock.instant();
    }

    long now() {
        return Micros.of(clock());
    }

    KeyRow.@Nullable Once once(long id, Hash hash) throws SQLException {
        return sql.first(
                        ONCE,
                        columns ->
                                new KeyRow.Once(
                                        columns.number(),
                                        Hash.of(columns.array()),
                                        columns.number(),
                                        columns.smallNumber(),
                                        columns.number()),
                        id)
                .filter(row -> row.hash().equals(hash))
                .orElse(null);
    }

    boolean knowsReference(Hash hash) throws SQLException {
        return referenceIndex.waiting(hash) != 0
                || sql.any("select 1 from reference_by_hash where hash = ?", hash);
    }

    @Nullable ConversationState conversation(ConversationId id) throws SQLException {
        ConversationState state = conversations.state(id);
        if (state != null) {
            return state;
        }
        KeptConversation kept = conversations.reading(id);
        if (kept == null) {
            kept = KeptConversation.byId(sql, id).orElse(null);
        }
        return kept == null ? null : kept.state(sql);
    }

    void saveCounters(long position, long version, long marksUpTo) throws SQLException {
        sql.update(
                SAVE,
                position,
                version,
                onceIndex.sortedUpTo(),
                referenceIndex.sortedUpTo(),
                marksUpTo);
    }
}
