package io.tributary.host.journal;

import java.sql.Connection;
import java.sql.SQLException;

/// Connections to the server, each greeted before it is used.
///
/// @param readOnly nothing but greetings is written through it
record PostgresSource(Connecting connecting, Greeter greeter, boolean readOnly)
        implements ReadPool.Source {

    /// Opens one for its purpose.
    @FunctionalInterface
    interface Connecting {
        Connection open() throws SQLException;
    }

    @Override
    public Sql open() throws SQLException {
        var sql = new Sql(Dialect.POSTGRES, connecting.open());
        try {
            greeter.greet(sql);
            if (readOnly) {
                sql.run("set default_transaction_read_only = on");
            }
            return sql;
        } catch (SQLException e) {
            sql.close();
            throw e;
        }
    }

    @Override
    public boolean broken(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }

    @Override
    public String judge(SQLException error) {
        return switch (PostgresFailure.of(error)) {
            case PostgresFailure.Away(String text) -> text;
            case PostgresFailure.Final(String text) -> text;
            case PostgresFailure.Own(int _, String text) -> text;
            case PostgresFailure.Full _ -> PostgresFailure.Full.TEXT;
            case PostgresFailure.Again _ -> "it was in the way of another: try again";
        };
    }
}
