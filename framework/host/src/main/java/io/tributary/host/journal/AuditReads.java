package io.tributary.host.journal;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Reads and tests the audit.
final class AuditReads implements Audit {

    private static final String COLUMNS =
            "select id, happened_at, actor, action, target, detail, hash from audit ";

    private final ReadPool pool;

    AuditReads(ReadPool pool) {
        this.pool = pool;
    }

    @Override
    public List<Record> page(long before, int limit) {
        return pool.read(sql ->
                sql.list(
                        COLUMNS + "where id < ? order by id desc limit ?",
                        columns ->
                                new Record(
                                        columns.number(),
                                        columns.instant(),
                                        columns.text(),
                                        columns.text(),
                                        columns.text(),
                                        columns.text(),
                                        HexFormat.of().formatHex(columns.array())),
                        before,
                        limit));
    }

    /// Ids follow each other, so a record that was taken out is found as well; that the newest were
    /// cut off is not.
    @Override
    public long firstBroken() {
        return pool.read(sql -> {
            byte[] before = AuditChain.BEGINNING;
            long due = 1;
            PreparedStatement statement = sql.statement(COLUMNS + "order by id");
            try (ResultSet rows = statement.executeQuery()) {
                var columns = new Columns(rows);
                while (columns.next()) {
                    long id = columns.number();
                    byte[] now =
                            AuditChain.next(
                                    before,
                                    columns.number(),
                                    columns.text(),
                                    columns.text(),
                                    columns.text(),
                                    columns.text());
                    if (id != due || !Arrays.equals(now, columns.array())) {
                        return id;
                    }
                    before = now;
                    due = id + 1;
                }
            }
            return 0L;
        });
    }
}
