package io.tributary.host.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/// Opens connections to the database file, each set up for its purpose.
///
/// Memory mapping stays off: a disk error under a mapping ends the process, while one under a read
/// is an error code.
final class Connections {

    /// Four kilobytes are what disks write at once, and what a small change touches.
    static final int PAGE = 4096;

    private static final int WRITER_CACHE_KB = 16 * 1024;
    private static final int READER_CACHE_KB = 4 * 1024;
    private static final int BUSY_MS = 5_000;

    /// Of the write-ahead log, what is left after a checkpoint that emptied it.
    private static final long KEPT_WAL = 64L * 1024 * 1024;

    private Connections() {}

    /// The only one that writes: write-ahead log, an fsync in each commit, no checkpoint by itself
    /// (the checkpointer's connection does it beside the commits).
    static Connection writer(Path file) throws SQLException {
        Connection connection = open(file, false);
        set(
                connection,
                "page_size = " + PAGE,
                "journal_mode = wal",
                "synchronous = full",
                "wal_autocheckpoint = 0",
                "journal_size_limit = " + KEPT_WAL,
                "temp_store = memory",
                "cache_size = -" + WRITER_CACHE_KB);
        return connection;
    }

    static Connection checkpointer(Path file) throws SQLException {
        Connection connection = open(file, false);
        set(connection, "synchronous = full", "wal_autocheckpoint = 0", "cache_size = -512");
        return connection;
    }

    static Connection reader(Path file) throws SQLException {
        Connection connection = open(file, true);
        set(connection, "query_only = on", "cache_size = -" + READER_CACHE_KB);
        return connection;
    }

    private static Connection open(Path file, boolean readOnly) throws SQLException {
        var settings = new Properties();
        settings.setProperty("busy_timeout", Integer.toString(BUSY_MS));
        // else the driver prepares and runs a query after each insertion, to ask for a key
        settings.setProperty("jdbc.get_generated_keys", "false");
        if (readOnly) {
            settings.setProperty("open_mode", "1");
        }
        return DriverManager.getConnection("jdbc:sqlite:" + file, settings);
    }

    private static void set(Connection connection, String... pragmas) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String pragma : pragmas) {
                statement.execute("pragma " + pragma);
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
