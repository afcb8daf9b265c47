package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Direction;
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
    public List<DeadLetter> page(
            @Nullable AccountId account,
            @Nullable Direction direction,
            boolean openOnly,
            long before,
            int limit) {
        var text = new StringBuilder(COLUMNS).append("where id < ?");
        List<Object> values = new ArrayList<>();
        values.add(before);
        if (openOnly) {
            text.append(" and closed_at is null");
        }
        if (account != null) {
            text.append(" and account = ?");
            values.add(account);
        }
        if (direction != null) {
            text.append(" and direction = ?");
            values.add(direction);
        }
        values.add(limit);
        return pool.read(sql ->
                sql.list(
                        text.append(" order by id desc limit ?").toString(),
                        DeadLetterReads::read,
                        values.toArray()));
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
}
