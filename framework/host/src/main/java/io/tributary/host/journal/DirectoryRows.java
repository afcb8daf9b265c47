package io.tributary.host.journal;

import io.tributary.host.journal.Directory.Parked;
import io.tributary.model.AccountId;
import io.tributary.model.CustomerId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What of the directory is read from rows alike in both databases.
final class DirectoryRows {

    private static final String PARKED =
            "select id, account, external_id, received_at, body from parked ";

    private DirectoryRows() {}

    static Optional<Directory.End> end(Sql sql, AccountId account, String address)
            throws SQLException {
        return sql.first(
                "select account, primary_address, customer from address"
                        + " where account = ? and address = ?",
                columns -> new Directory.End(columns.account(), columns.text(), columns.customer()),
                account,
                address);
    }

    static Optional<CustomerId> identity(Sql sql, String type, String value) throws SQLException {
        return sql.first(
                "select customer from identity where type = ? and value = ?",
                Columns::customer,
                type,
                value);
    }

    /// Account, external id, interaction, part, conversation.
    static Directory.Reference reference(Columns columns) throws SQLException {
        return new Directory.Reference(
                columns.account(),
                columns.text(),
                columns.interaction(),
                columns.smallNumber(),
                columns.conversationOrNull());
    }

    static List<Parked> parked(Sql sql, AccountId account, String externalId) throws SQLException {
        return sql.list(
                PARKED + "where hash = ? order by id",
                DirectoryRows::parked,
                Hash.of(account, externalId));
    }

    static List<Parked> parkedBefore(Sql sql, Instant before, long after, int limit)
            throws SQLException {
        return sql.list(
                PARKED + "where received_at < ? and id > ? order by id limit ?",
                DirectoryRows::parked,
                before,
                after,
                limit);
    }

    static Optional<Instant> printSeen(Sql sql, AccountId account, String print)
            throws SQLException {
        return sql.first(
                "select seen_at from print where hash = ?",
                Columns::instant,
                Hash.of(account, print));
    }

    private static Parked parked(Columns columns) throws SQLException {
        return new Parked(
                columns.number(),
                columns.account(),
                columns.text(),
                columns.instant(),
                columns.bytes());
    }
}
