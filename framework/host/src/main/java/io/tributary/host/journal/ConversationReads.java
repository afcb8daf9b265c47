package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads conversations: from memory where their rows lag behind, else from the rows.
final class ConversationReads implements Conversations {

    private final ReadPool pool;
    private final ConversationCache cache;

    ConversationReads(ReadPool pool, ConversationCache cache) {
        this.pool = pool;
        this.cache = cache;
    }

    @Override
    public Optional<Conversation> byId(ConversationId id) {
        ConversationState state = cache.state(id);
        return state != null
                ? Optional.of(state.conversation())
                : pool.read(sql -> ConversationRows.byId(sql, id));
    }

    @Override
    public Optional<Placed> placed(InteractionId interaction, ConversationId id) {
        ConversationState state = cache.state(id);
        return pool.read(sql -> {
            Optional<Row> row = InteractionReading.byId(sql, interaction);
            Optional<Conversation> conversation =
                    state != null
                            ? Optional.of(state.conversation())
                            : ConversationRows.byId(sql, id);
            return row.flatMap(found -> conversation.map(with -> new Placed(found, with)));
        });
    }

    @Override
    public List<ConversationId> with(AccountId account, String address, int limit) {
        return pool.read(sql -> ConversationRows.with(sql, account, address, limit));
    }

    @Override
    public List<Conversation> page(Query query, long before, int limit) {
        return pool.read(sql -> ConversationList.page(sql, cache, query, before, limit));
    }

    @Override
    public List<Conversation> active(Set<AccountId> without, long after, int limit) {
        return pool.read(sql -> ConversationList.active(sql, cache, without, after, limit));
    }

    @Override
    public List<Row> interactions(ConversationId id, long after, int limit) {
        return pool.readAtOnce(sql -> {
            long last = lastPosition(sql, id);
            long floor = Math.max(after, oldest(sql) - 1);
            if (last <= floor || limit <= 0) {
                return List.of();
            }
            int passed = Way.depthAt(sql, last, floor);
            long start = Way.positionAt(sql, last, passed + limit);
            return back(sql, start, floor, limit);
        });
    }

    @Override
    public List<Row> edits(ConversationId id, long after, int limit) {
        return pool.readAtOnce(sql ->
                sql.list(
                        InteractionReading.SELECT
                                + "where conversation = ? and position > ?"
                                + " and type in ('edited', 'deleted') order by position limit ?",
                        InteractionReading::row,
                        id,
                        after,
                        Math.max(0, limit)));
    }

    @Override
    public List<Row> interactionsBefore(ConversationId id, long before, int limit) {
        return pool.readAtOnce(sql -> {
            long last = lastPosition(sql, id);
            long floor = oldest(sql) - 1;
            if (last <= floor || before <= floor + 1 || limit <= 0) {
                return List.of();
            }
            int depth = Way.depthAt(sql, last, before - 1);
            long start = Way.positionAt(sql, last, depth);
            return start < before ? back(sql, start, floor, limit) : List.of();
        });
    }

    /// Rows from a position back, oldest first.
    ///
    /// @param floor of the rows, only positions greater than this
    private static List<Row> back(Sql sql, long start, long floor, int limit) throws SQLException {
        List<Row> rows = new ArrayList<>();
        long at = start;
        while (at > floor && rows.size() < limit) {
            InteractionReading.Whole step =
                    sql.first(InteractionReading.AT, InteractionReading::whole, at)
                            .orElseThrow(() -> new Damaged("the way back through a conversation"));
            rows.add(step.row());
            at = step.previous();
        }
        Collections.reverse(rows);
        return rows;
    }

    /// Asked before anything else is read, so that what is read includes it.
    private long lastPosition(Sql sql, ConversationId id) throws SQLException {
        ConversationState state = cache.state(id);
        if (state != null) {
            return state.conversation().lastPosition();
        }
        return sql.number(0, "select last_position from conversation where id = ?", id);
    }

    private static long oldest(Sql sql) throws SQLException {
        return sql.number(1, "select oldest from log");
    }
}
