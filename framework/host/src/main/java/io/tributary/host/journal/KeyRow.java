package io.tributary.host.journal;

import io.tributary.model.InteractionId;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// A row of `once` or of `reference` on its way into its table: what is found again by a hash.
sealed interface KeyRow {

    String INSERT_ONCE = "insert into once (id, hash, first, count, stored_at)";
    int ONCE_COUNT = 5;
    String INSERT_REFERENCE =
            "insert into reference (id, hash, account, external_id, interaction, part)";
    int REFERENCE_COUNT = 6;

    long id();

    Hash hash();

    record Once(long id, Hash hash, long first, int count, long storedAt) implements KeyRow {

        static void bind(PreparedStatement statement, int before, Once row) throws SQLException {
            int i = before;
            statement.setLong(++i, row.id);
            statement.setBytes(++i, row.hash.bytes());
            statement.setLong(++i, row.first);
            statement.setInt(++i, row.count);
            statement.setLong(++i, row.storedAt);
        }
    }

    record Reference(
            long id, Hash hash, String account, String externalId, InteractionId to, int part)
            implements KeyRow {

        static void bind(PreparedStatement statement, int before, Reference row)
                throws SQLException {
            int i = before;
            statement.setLong(++i, row.id);
            statement.setBytes(++i, row.hash.bytes());
            statement.setString(++i, row.account);
            statement.setString(++i, row.externalId);
            statement.setBytes(++i, Sql.bytes(row.to.value()));
            statement.setInt(++i, row.part);
        }
    }
}
