package io.tributary.host.journal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Inserts many rows with few statements: one execution costs more than the row it brings, so rows
/// go in by 64, 16, 4 and 1.
final class BulkInsert<R> {

    private static final int[] SIZES = {64, 16, 4, 1};

    private final Sql sql;
    private final Binding<R> binding;
    private final int columns;
    private final List<String> texts = new ArrayList<>();

    /// @param into such as `insert into once (id, hash)`
    BulkInsert(Sql sql, String into, int columns, Binding<R> binding) {
        this.sql = sql;
        this.binding = binding;
        this.columns = columns;
        for (int size : SIZES) {
            String row = Sql.placeholders(columns);
            texts.add(into + " values " + row + ("," + row).repeat(size - 1));
        }
    }

    /// Sets the values of one row.
    @FunctionalInterface
    interface Binding<R> {

        /// Sets them.
        ///
        /// @param before the index of the placeholder before the row's first
        void bind(PreparedStatement statement, int before, R row) throws SQLException;
    }

    /// @return how many were inserted: fewer, where the statement ignores some
    int insert(List<? extends R> rows) throws SQLException {
        int done = 0;
        int inserted = 0;
        for (int i = 0; i < SIZES.length; i++) {
            while (rows.size() - done >= SIZES[i]) {
                PreparedStatement statement = sql.statement(texts.get(i));
                for (int row = 0; row < SIZES[i]; row++) {
                    binding.bind(statement, row * columns, rows.get(done + row));
                }
                inserted += statement.executeUpdate();
                done += SIZES[i];
            }
        }
        return inserted;
    }
}
