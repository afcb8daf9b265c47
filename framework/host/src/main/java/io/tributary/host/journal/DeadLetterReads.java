package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Direction;
import io.tributary.model.Reason;
import java.sql.SQLException;
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
        String open = openOnly ? "closed_at is null and " : "";
        return pool.read(sql ->
                sql.list(
                        COLUMNS
                                + "where "
                                + open
                                + "id < ?1 and (?2 is null or account = ?2)"
                                + " and (?3 is null or direction = ?3)"
                                + " order by id desc limit ?4",
                        DeadLetterReads::read,
                        before,
                        account,
                        direction,
                        limit));
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
