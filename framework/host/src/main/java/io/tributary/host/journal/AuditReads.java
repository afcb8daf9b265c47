package io.tributary.host.journal;

import io.tributary.model.Bytes;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Reads and tests the audit.
final class AuditReads implements Audit {

    private static final int STRETCH = 1000;
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

    @Override
    public long last() {
        return pool.read(sql -> sql.number(0, "select max(id) from audit"));
    }

    @Override
    public List<Deed> after(long id, int limit) {
        return pool.read(sql ->
                sql.list(
                        "select id, action, target from audit where id > ? order by id limit ?",
                        columns -> new Deed(columns.number(), columns.text(), columns.text()),
                        id,
                        limit));
    }

    /// Ids follow each other, so a record that was taken out is found as well; that the newest were
    /// cut off is not.
    @Override
    public long firstBroken() {
        return pool.read(sql -> {
            byte[] before = AuditChain.BEGINNING;
            long last = 0;
            List<Link> links = links(sql, last);
            while (!links.isEmpty()) {
                for (Link link : links) {
                    if (link.id() != last + 1
                            || !Arrays.equals(link.from(before), link.hash().toArray())) {
                        return link.id();
                    }
                    before = link.hash().toArray();
                    last = link.id();
                }
                links = links(sql, last);
            }
            return 0L;
        });
    }

    private static List<Link> links(Sql sql, long after) throws SQLException {
        return sql.list(COLUMNS + "where id > ? order by id limit ?", Link::read, after, STRETCH);
    }

    /// One record of the chain.
    private record Link(
            long id,
            long at,
            String actor,
            String action,
            String target,
            String detail,
            Bytes hash) {

        static Link read(Columns columns) throws SQLException {
            return new Link(
                    columns.number(),
                    columns.number(),
                    columns.text(),
                    columns.text(),
                    columns.text(),
                    columns.text(),
                    columns.bytes());
        }

        byte[] from(byte[] before) {
            return AuditChain.next(before, at, actor, action, target, detail);
        }
    }
}
