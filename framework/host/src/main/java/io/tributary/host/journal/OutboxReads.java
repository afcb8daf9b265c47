package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads sends.
final class OutboxReads implements Outbox {

    private static final String COLUMNS =
            "select id, send_key, interaction, position, conversation, account, first_part, parts,"
                    + " priority, state, attempt, epoch, not_before, queued_at, first_tried_at, expires_at,"
                    + " reason_code, reason_text from outbox ";

    /// Word by word that of the indexes, so that they are used.
    private static final String PENDING =
            "(state in ('QUEUED', 'SENDING', 'HELD')"
                    + " or (state = 'UNKNOWN' and not_before is not null))";

    private final ReadPool pool;

    OutboxReads(ReadPool pool) {
        this.pool = pool;
    }

    @Override
    public List<Send> pending(AccountId account, long after, int limit) {
        return pending("", account, after, limit);
    }

    @Override
    public List<Send> pendingFirst(AccountId account, long after, int limit) {
        return pending("and priority = 'NORMAL' ", account, after, limit);
    }

    private List<Send> pending(String only, AccountId account, long after, int limit) {
        return pool.read(sql ->
                sql.list(
                        COLUMNS
                                + "where account = ? and id > ? "
                                + only
                                + "and "
                                + PENDING
                                + " order by id limit ?",
                        OutboxReads::read,
                        account,
                        after,
                        limit));
    }

    @Override
    public List<Send> pendingIn(ConversationId conversation, AccountId account, int limit) {
        return pool.read(sql ->
                sql.list(
                        COLUMNS
                                + "where conversation = ? and account = ? and "
                                + PENDING
                                + " order by id limit ?",
                        OutboxReads::read,
                        conversation,
                        account,
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
    public Segments segments(InteractionId interaction, int part) {
        record Known(String externalId, String recipient, @Nullable Status status, long version) {}
        List<Known> rows =
                pool.read(sql ->
                        sql.list(
                                "select external_id, recipient, status, version from segment"
                                        + " where interaction = ? and part = ?"
                                        + " order by external_id, recipient",
                                columns ->
                                        new Known(
                                                columns.text(),
                                                columns.text(),
                                                columns.constantOrNull(Status.class),
                                                columns.number()),
                                interaction,
                                part));
        Map<String, Map<String, Status>> reached = new LinkedHashMap<>();
        for (Known row : rows) {
            var of = reached.computeIfAbsent(row.externalId(), _ -> new HashMap<>());
            if (row.status() != null) {
                of.put(row.recipient(), row.status());
            }
        }
        return new Segments(
                rows.stream().mapToLong(Known::version).sum(),
                reached.entrySet().stream()
                        .map(one -> new Segment(one.getKey(), one.getValue()))
                        .toList());
    }

    @Override
    public Optional<ConversationId> underWay(AccountId account, String address) {
        return pool.read(sql ->
                sql.first(
                        "select o.conversation from outbox o join conversation c"
                                + " on c.id = o.conversation where o.account = ?"
                                + " and (o.state in ('QUEUED', 'SENDING', 'HELD')"
                                + " or (o.state = 'UNKNOWN' and o.not_before is not null))"
                                + " and o.state in ('SENDING', 'UNKNOWN') and c.address = ?"
                                + " order by o.id desc limit 1",
                        Columns::conversation,
                        account,
                        address));
    }

    /// One step in the index per account, however many sends it has.
    @Override
    public Set<AccountId> accounts() {
        return pool.read(sql -> {
            Set<AccountId> found = new LinkedHashSet<>();
            String after = "";
            while (true) {
                Optional<AccountId> next =
                        sql.first(nextAccount(sql.dialect), Columns::account, after);
                if (next.isEmpty()) {
                    return found;
                }
                found.add(next.get());
                after = next.get().value();
            }
        });
    }

    /// Left to itself SQLite goes through all that is pending, by the index of states.
    static String nextAccount(Dialect dialect) {
        return "select account from outbox"
                + dialect.by("outbox_pending")
                + " where account > ? and "
                + PENDING
                + " order by account limit 1";
    }

    @Override
    public Map<State, Long> counts() {
        Map<State, Long> counts = new EnumMap<>(State.class);
        for (State state : State.values()) {
            if (!state.isFinal()) {
                counts.put(state, 0L);
            }
        }
        pool.read(sql ->
                sql.list(
                        "select state, count(*) from outbox"
                                + " where state in ('QUEUED', 'SENDING', 'HELD', 'UNKNOWN')"
                                + " group by state",
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
                columns.constant(Priority.class),
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
