package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.InteractionId;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads sends.
final class OutboxReads implements Outbox {

    private static final String COLUMNS =
            "select id, send_key, interaction, position, conversation, account, first_part, parts,"
                    + " state, attempt, epoch, not_before, queued_at, first_tried_at, expires_at,"
                    + " reason_code, reason_text from outbox ";

    private final ReadPool pool;

    OutboxReads(ReadPool pool) {
        this.pool = pool;
    }

    /// The condition on the state is that of the index, word by word, so that it is used.
    @Override
    public List<Send> pending(AccountId account, long after, int limit) {
        return pool.read(sql ->
                sql.list(
                        COLUMNS
                                + "where account = ? and id > ? and (state in ('QUEUED', 'SENDING', 'HELD')"
                                + " or (state = 'UNKNOWN' and not_before is not null))"
                                + " order by id limit ?",
                        OutboxReads::read,
                        account,
                        after,
                        limit));
    }

    @Override
    public Optional<Send> byId(long id) {
        return pool.read(sql -> sql.first(COLUMNS + "where id = ?", OutboxReads::read, id));
    }

    @Override
    public List<Send> of(InteractionId interaction) {
        return pool.read(sql ->
                sql.list(
                        COLUMNS + "where interaction = ? order by id",
                        OutboxReads::read,
                        interaction));
    }

    @Override
    public List<Delivery> deliveries(InteractionId interaction) {
        return pool.read(sql ->
                sql.list(
                        "select part, recipient, status, reason_code, reason_text,"
                                + " reached_at from delivery where interaction = ?"
                                + " order by part, recipient",
                        columns ->
                                new Delivery(
                                        columns.smallNumber(),
                                        columns.text(),
                                        columns.constant(Status.class),
                                        columns.reasonOrNull(),
                                        columns.instant()),
                        interaction));
    }

    @Override
    public Map<State, Long> counts() {
        Map<State, Long> counts = new EnumMap<>(State.class);
        for (State state : State.values()) {
            counts.put(state, 0L);
        }
        pool.read(sql ->
                sql.list(
                        "select state, count(*) from outbox group by state",
                        columns -> counts.put(columns.constant(State.class), columns.number())));
        return counts;
    }

    private static Send read(Columns columns) throws SQLException {
        return new Send(
                columns.number(),
                columns.text(),
                columns.interaction(),
                columns.number(),
                columns.conversation(),
                columns.account(),
                columns.smallNumber(),
                columns.smallNumber(),
                columns.constant(State.class),
                columns.smallNumber(),
                columns.number(),
                columns.instantOrNull(),
                columns.instant(),
                columns.instantOrNull(),
                columns.instant(),
                columns.reasonOrNull());
    }
}
