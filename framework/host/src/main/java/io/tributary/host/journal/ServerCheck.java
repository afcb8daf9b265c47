package io.tributary.host.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// What a server must be, so that a log can be trusted to it.
final class ServerCheck {

    private static final int OLDEST = 150_000;

    private ServerCheck() {}

    /// Why nothing can be trusted to it, in words for an operator; empty: it can be.
    static List<String> lacks(PostgresConnections connections) {
        return asked(connections, ServerCheck::of);
    }

    /// The same with what is wrong beside it.
    ///
    /// @param own this machine's clock
    static List<String> all(PostgresConnections connections, InstantSource own) {
        return asked(
                connections,
                sql -> {
                    List<String> wrong = new ArrayList<>(of(sql));
                    wrong.addAll(clock(sql, own));
                    return wrong;
                });
    }

    @FunctionalInterface
    private interface Question {
        List<String> of(Sql sql) throws SQLException;
    }

    private static List<String> asked(PostgresConnections connections, Question question) {
        try (Connection connection = connections.chores();
                var sql = new Sql(Dialect.POSTGRES, connection)) {
            return question.of(sql);
        } catch (SQLException e) {
            return List.of(
                    String.valueOf(PostgresSchema.unusable(connections.address(), e).getMessage()));
        }
    }

    static List<String> of(Sql sql) throws SQLException {
        List<String> wrong = new ArrayList<>();
        long version = sql.number(0, "select current_setting('server_version_num')::integer");
        if (version < OLDEST) {
            wrong.add(
                    "the database server is of version "
                            + version / 10_000
                            + "; 15 is the oldest that serves");
        }
        if (!sql.any("select 1 where current_setting('fsync') = 'on'")) {
            wrong.add(
                    "the database server runs with fsync = off: what it acknowledges could be lost."
                            + " Switch it on");
        }
        if (!sql.any("select 1 where current_setting('server_encoding') = 'UTF8'")) {
            wrong.add("the database does not keep UTF-8: make one with encoding 'UTF8'");
        }
        return wrong;
    }

    private static List<String> clock(Sql sql, InstantSource own) throws SQLException {
        long there =
                sql.number(0, "select (extract(epoch from clock_timestamp()) * 1000000)::bigint");
        Duration skew = Duration.of(Micros.of(own.instant()) - there, ChronoUnit.MICROS);
        return SharedClock.isStrange(skew) ? List.of(SharedClock.text(skew)) : List.of();
    }
}
