package io.tributary.bench.camel;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// A SQLite file with the settings of a member's log: write-ahead log, an fsync in each commit.
///
/// One connection: SQLite has one writer at a time, and waiting in the pool is fair and cheap while
/// waiting for the file's lock is polling. Four connections were no faster here, twenty were
/// slower.
final class Database {

    static final String NAME = "database";

    private Database() {}

    static HikariDataSource open(Path file) throws SQLException {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:sqlite:" + file);
        config.setMaximumPoolSize(1);
        config.addDataSourceProperty("journal_mode", "WAL");
        config.addDataSourceProperty("synchronous", "FULL");
        config.addDataSourceProperty("temp_store", "MEMORY");
        config.addDataSourceProperty("cache_size", "-65536");
        config.addDataSourceProperty("busy_timeout", "5000");
        var database = new HikariDataSource(config);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            // no index but the key's: as cheap as a row can be
            statement.execute(
                    """
                    create table message (
                      id           integer primary key,
                      sid          text    not null,
                      sender       text    not null,
                      received_at  integer not null,
                      body         text    not null
                    ) strict\
                    """);
        }
        return database;
    }
}
