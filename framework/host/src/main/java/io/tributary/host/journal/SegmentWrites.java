package io.tributary.host.journal;

import io.tributary.model.Content.Receipt.Status;
import java.sql.SQLException;

/// Writes how far each of several external ids of one part got.
final class SegmentWrites {

    private final Sql sql;

    SegmentWrites(Sql sql) {
        this.sql = sql;
    }

    /// Known already, it stays as it is.
    void add(Change.AddSegment segment) throws SQLException {
        sql.update(
                "insert or ignore into segment (interaction, part, external_id, recipient, status,"
                        + " version) values (?,?,?,'',null,1)",
                segment.interaction(),
                segment.part(),
                segment.externalId());
    }

    /// Receipts come in any order: a status is only ever replaced by a further one.
    void advance(Change.AdvanceSegment segment) throws SQLException {
        Status before =
                sql.first(
                                "select status from segment where interaction = ? and part = ?"
                                        + " and external_id = ? and recipient = ?"
                                        + " and status is not null",
                                columns -> columns.constant(Status.class),
                                segment.interaction(),
                                segment.part(),
                                segment.externalId(),
                                segment.recipient())
                        .orElse(null);
        if (segment.status().advances(before)) {
            sql.update(
                    "insert into segment (interaction, part, external_id, recipient, status,"
                            + " version) values (?,?,?,?,?,1) on conflict do update set"
                            + " status = excluded.status, version = version + 1",
                    segment.interaction(),
                    segment.part(),
                    segment.externalId(),
                    segment.recipient(),
                    segment.status());
        }
    }
}
