package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads conversations from their rows, which tell all.
record PostgresConversations(ReadPool pool) implements Conversations {

    private static final String PLACED =
            "select i."
                    + String.join(", i.", PostgresRows.COLUMNS)
                    + ", c."
                    + ConversationRows.COLUMNS.replace(", ", ", c.")
                    + " from interaction i, conversation c where i.id = ? and c.id = ?";

    @Override
    public Optional<Conversation> byId(ConversationId id) {
        return pool.read(sql -> ConversationRows.byId(sql, id));
    }

    @Override
    public Optional<Placed> placed(InteractionId interaction, ConversationId id) {
        return pool.read(sql ->
                sql.first(
                        PLACED,
                        columns ->
                                new Placed(
                                        PostgresRows.row(columns), ConversationRows.read(columns)),
                        interaction,
                        id));
    }

    @Override
    public List<ConversationId> with(AccountId account, String address, int limit) {
        return pool.read(sql -> ConversationRows.with(sql, account, address, limit));
    }

    @Override
    public List<Conversation> page(Query query, long before, int limit) {
        if (limit <= 0) {
            return List.of();
        }
        var text = new StringBuilder("select ").append(ConversationRows.COLUMNS);
        text.append(" from conversation where last_position < ?");
        List<Object> values = new ArrayList<>();
        values.add(before);
        ConversationList.condition(Dialect.POSTGRES, text, values, query);
        text.append(" order by last_position desc, id desc limit ?");
        values.add(limit);
        return pool.read(
                sql -> sql.list(text.toString(), ConversationRows::read, values.toArray()));
    }

    @Override
    public List<Conversation> active(Set<AccountId> without, long after, int limit) {
        List<Object> values = new ArrayList<>();
        String text =
                ConversationList.active(Dialect.POSTGRES, values, without, after) + " limit ?";
        values.add(Math.max(0, limit));
        return pool.read(sql -> sql.list(text, ConversationRows::read, values.toArray()));
    }

    @Override
    public List<Row> interactions(ConversationId id, long after, int limit) {
        return pool.read(sql ->
                sql.list(
                        PostgresRows.SELECT
                                + "where conversation = ? and position > ?"
                                + " order by position limit ?",
                        PostgresRows::row,
                        id,
                        after,
                        Math.max(0, limit)));
    }

    @Override
    public List<Row> edits(ConversationId id, long after, int limit) {
        return pool.read(sql ->
                sql.list(
                        PostgresRows.SELECT
                                + "where conversation = ? and position > ?"
                                + " and type in ('edited', 'deleted') order by position limit ?",
                        PostgresRows::row,
                        id,
                        after,
                        Math.max(0, limit)));
    }

    @Override
    public List<Row> interactionsBefore(ConversationId id, long before, int limit) {
        return pool.read(sql ->
                        sql.list(
                                PostgresRows.SELECT
                                        + "where conversation = ? and position < ?"
                                        + " order by position desc limit ?",
                                PostgresRows::row,
                                id,
                                before,
                                Math.max(0, limit)))
                .reversed();
    }
}
