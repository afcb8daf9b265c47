package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.InteractionId;
import io.tributary.model.MediaId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One connection with its prepared statements. For one thread at a time.
final class Sql implements AutoCloseable {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    final Dialect dialect;
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private @Nullable String lacking;

    Sql(Dialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    /// Makes one value of the current row.
    @FunctionalInterface
    interface Reading<T> {
        T read(Columns columns) throws SQLException;
    }

    /// The file is of a version before this column, and is looked at as it is: there the column
    /// reads as null. Before the first statement that names it.
    void lacks(String column) {
        lacking = column;
    }

    /// How long the server may take to answer from now on.
    void patience(int millis) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, millis);
    }

    /// The statement, prepared at its first use; only for texts that are constants or few.
    PreparedStatement statement(String text) throws SQLException {
        PreparedStatement known = prepared.get(text);
        if (known == null) {
            known =
                    connection.prepareStatement(
                            lacking == null ? text : text.replace(lacking, "null"));
            prepared.put(text, known);
        }
        return known;
    }

    /// Runs a statement without values, such as `begin immediate`. Rows that it returns are passed
    /// over, and not left open: an open one would keep transactions from ending.
    void run(String text) throws SQLException {
        var _ =
                used(
                        text,
                        statement -> {
                            boolean rows = statement.execute();
                            if (rows) {
                                statement.getResultSet().close();
                            }
                            return rows;
                        });
    }

    /// Changes rows, and answers how many.
    int update(String text, @Nullable Object... values) throws SQLException {
        return used(text, PreparedStatement::executeUpdate, values);
    }

    <T> List<T> list(String text, Reading<T> reading, @Nullable Object... values)
            throws SQLException {
        return asked(
                text,
                rows -> {
                    List<T> all = new ArrayList<>();
                    var columns = new Columns(dialect, rows);
                    while (columns.next()) {
                        all.add(reading.read(columns));
                    }
                    return all;
                },
                values);
    }

    <T> Optional<T> first(String text, Reading<T> reading, @Nullable Object... values)
            throws SQLException {
        return asked(
                text,
                rows -> {
                    var columns = new Columns(dialect, rows);
                    return columns.next() ? Optional.of(reading.read(columns)) : Optional.empty();
                },
                values);
    }

    /// The first column of the first row.
    ///
    /// @param otherwise the answer where there is no row, or it is null
    long number(long otherwise, String text, @Nullable Object... values) throws SQLException {
        return asked(
                text,
                rows -> {
                    if (!rows.next()) {
                        return otherwise;
                    }
                    long number = rows.getLong(1);
                    return rows.wasNull() ? otherwise : number;
                },
                values);
    }

    boolean any(String text, @Nullable Object... values) throws SQLException {
        return asked(text, ResultSet::next, values);
    }

    /// The id of the row inserted last.
    long lastId() throws SQLException {
        return number(0, "select last_insert_rowid()");
    }

    /// A list of as many placeholders as there are values, for `in`.
    static String placeholders(int count) {
        return "(?" + ",?".repeat(count - 1) + ")";
    }

    static byte[] bytes(UUID id) {
        byte[] bytes = new byte[16];
        LONGS.set(bytes, 0, id.getMostSignificantBits());
        LONGS.set(bytes, 8, id.getLeastSignificantBits());
        return bytes;
    }

    private <T> T asked(String text, Use<ResultSet, T> use, @Nullable Object... values)
            throws SQLException {
        return used(
                text,
                statement -> {
                    try (ResultSet rows = statement.executeQuery()) {
                        return use.of(rows);
                    }
                },
                values);
    }

    /// Runs a statement. The driver gives up one that failed, so that is prepared anew next time:
    /// what failed on a full disk works again when there is room.
    private <T> T used(String text, Use<PreparedStatement, T> use, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = statement(text);
        try {
            for (int i = 0; i < values.length; i++) {
                bind(statement, i + 1, values[i]);
            }
            return use.of(statement);
        } catch (SQLException failure) {
            prepared.remove(text);
            try {
                statement.close();
            } catch (SQLException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
            throw failure;
        }
    }

    @FunctionalInterface
    private interface Use<S, T> {
        T of(S subject) throws SQLException;
    }

    void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, Types.NULL);
            case Long number -> statement.setLong(index, number);
            case Integer number -> statement.setInt(index, number);
            case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
            case String text -> statement.setString(index, dialect.given(text));
            case byte[] bytes -> statement.setBytes(index, bytes);
            case byte[][] many ->
                    statement.setArray(index, connection.createArrayOf("bytea", many));
            case Long[] many -> statement.setArray(index, connection.createArrayOf("bigint", many));
            case Bytes bytes -> statement.setBytes(index, bytes.toArray());
            case Hash hash -> statement.setBytes(index, hash.bytes());
            case Instant instant -> statement.setLong(index, Micros.of(instant));
            case AccountId id -> statement.setString(index, id.value());
            case ChannelId id -> statement.setString(index, id.value());
            case InteractionId id -> statement.setBytes(index, bytes(id.value()));
            case ConversationId id -> statement.setBytes(index, bytes(id.value()));
            case CustomerId id -> statement.setBytes(index, bytes(id.value()));
            case MediaId id -> statement.setBytes(index, bytes(id.value()));
            case Enum<?> constant -> statement.setString(index, constant.name());
            default ->
                    throw new IllegalArgumentException(
                            "no column holds a " + value.getClass().getName());
        }
    }

    /// Prepares every statement anew: the driver gives up a statement that failed.
    void renew() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            renew();
        }
    }
}
