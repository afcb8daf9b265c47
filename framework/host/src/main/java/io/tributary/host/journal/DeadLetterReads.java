package io.tributary.host.journal;

import io.tributary.model.Reason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads dead letters.
final class DeadLetterReads implements DeadLetters {

    private static final String COLUMNS =
            "select id, direction, account, plugin, kind, reason_code, reason_text, interaction,"
                    + " payload, happened_at, closed_at, replayed from dead_letter ";

    private final ReadPool pool;

    DeadLetterReads(ReadPool pool) {
        this.pool = pool;
    }

    @Override
    public Optional<DeadLetter> byId(long id) {
        return pool.read(sql -> sql.first(COLUMNS + "where id = ?", DeadLetterReads::read, id));
    }

    @Override
    public List<DeadLetter> page(Query query, long before, int limit) {
        var asked = new Asked("id < ?", before).matching(query);
        return pool.read(sql ->
                sql.list(
                        COLUMNS + asked.condition() + " order by id desc limit ?",
                        DeadLetterReads::read,
                        asked.values(limit)));
    }

    @Override
    public List<Long> oldest(Query query, long after, int limit) {
        var asked = new Asked("id > ?", after).matching(query);
        return pool.read(sql ->
                sql.list(
                        "select id from dead_letter " + asked.condition() + " order by id limit ?",
                        Columns::number,
                        asked.values(limit)));
    }

    @Override
    public long count(Query query) {
        var asked = new Asked("id > ?", 0L).matching(query);
        return pool.read(sql ->
                sql.number(
                        0,
                        "select count(*) from dead_letter " + asked.condition(),
                        asked.values()));
    }

    @Override
    public long newest() {
        return pool.read(sql -> sql.number(0, "select coalesce(max(id), 0) from dead_letter"));
    }

    @Override
    public List<Appeared> after(long id) {
        return pool.read(sql ->
                sql.list(
                        "select account, direction, count(*), max(id) from dead_letter where id > ?"
                                + " group by account, direction order by account, direction",
                        columns ->
                                new Appeared(
                                        columns.account(),
                                        columns.direction(),
                                        columns.number(),
                                        columns.number()),
                        id));
    }

    @Override
    public long open() {
        return pool.read(
                sql -> sql.number(0, "select count(*) from dead_letter where closed_at is null"));
    }

    private static DeadLetter read(Columns columns) throws SQLException {
        return new DeadLetter(
                columns.number(),
                columns.direction(),
                columns.account(),
                columns.text(),
                columns.text(),
                new Reason(columns.text(), columns.text()),
                columns.interactionOrNull(),
                columns.bytes(),
                columns.instant(),
                columns.instantOrNull(),
                columns.flag());
    }

    /// A condition and its values, side by side.
    private static final class Asked {

        private final StringBuilder text;
        private final List<Object> values = new ArrayList<>();

        Asked(String place, long id) {
            text = new StringBuilder("where ").append(place);
            values.add(id);
        }

        Asked matching(Query query) {
            if (query.open() != null) {
                text.append(query.open() ? " and closed_at is null" : " and closed_at is not null");
            }
            if (!query.accounts().isEmpty()) {
                text.append(" and account in ");
                text.append(ConversationList.in(values, query.accounts()));
            }
            if (!query.expired()) {
                also("not (direction = 'OUTBOUND' and reason_code = ?)", EXPIRED);
            }
            also("direction = ?", query.direction());
            also("kind = ?", query.kind());
            also("reason_code = ?", query.reason());
            also("happened_at >= ?", query.since());
            also("happened_at < ?", query.until());
            return this;
        }

        private void also(String condition, @Nullable Object value) {
            if (value != null) {
                text.append(" and ").append(condition);
                values.add(value);
            }
        }

        String condition() {
            return text.toString();
        }

        Object[] values(Object... more) {
            var all = new ArrayList<Object>(values);
            all.addAll(List.of(more));
            return all.toArray();
        }
    }
}
