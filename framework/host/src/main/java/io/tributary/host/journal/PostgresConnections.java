package io.tributary.host.journal;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens connections to the server, each set up for its purpose: none waits longer than its purpose
/// allows, for the network or for a lock.
final class PostgresConnections {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresConnections.class);
    private static final String PRIMARY = "primary";
    private static final int CONNECT_SECONDS = 2;

    /// Nobody waits so long for it here: see [PostgresWriter].
    private static final int APPEND_MS = 60_000;

    private static final int READ_MS = 5_000;
    private static final int CHORE_MS = 60_000;
    private static final int HEARTBEAT_MS = 1_500;

    private final PostgresAddress address;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean aborted;

    PostgresConnections(PostgresAddress address) {
        this.address = address;
    }

    PostgresAddress address() {
        return address;
    }

    /// Whatever waits for the server fails at once, and so does whoever would connect. Thread safe.
    void abort() {
        aborted = true;
        open.forEach(PostgresConnections::abort);
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("a connection could not be aborted", e);
        }
    }

    /// The one that appends.
    Connection appender() throws SQLException {
        return open("tributary append", APPEND_MS);
    }

    Connection reader() throws SQLException {
        return open("tributary read", READ_MS);
    }

    /// For heartbeats: one that is late is worth nothing.
    Connection heartbeats() throws SQLException {
        return open("tributary heartbeat", HEARTBEAT_MS);
    }

    /// For what is written beside the log's units.
    Connection chores() throws SQLException {
        return open("tributary chores", CHORE_MS);
    }

    /// For the bytes of media.
    Connection media() throws SQLException {
        return open("tributary media", CHORE_MS);
    }

    /// For much at once, however long it takes.
    Connection bulk() throws SQLException {
        return open("tributary copy", 0);
    }

    /// The same for the tool that brings tables up to date, beside who and where.
    static Map<String, String> properties() {
        return Map.of(
                "targetServerType", PRIMARY, "connectTimeout", Integer.toString(CONNECT_SECONDS));
    }

    private Connection open(String name, int most) throws SQLException {
        var settings = new Properties();
        settings.setProperty("user", address.user());
        if (!address.password().isEmpty()) {
            settings.setProperty("password", address.password());
        }
        settings.setProperty("ApplicationName", name);
        settings.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        settings.setProperty("socketTimeout", Integer.toString(CONNECT_SECONDS));
        settings.setProperty("tcpKeepAlive", "true");
        // of several hosts the one that takes writes: after a fail-over that is another
        settings.setProperty("targetServerType", PRIMARY);
        settings.setProperty("reWriteBatchedInserts", "true");
        settings.setProperty("logServerErrorDetail", "false");
        Connection connection = DriverManager.getConnection(address.url(), settings);
        keep(connection);
        try {
            // the server gives up first, so that nothing goes on there that nobody waits for
            connection.setNetworkTimeout(Runnable::run, most + most / 4);
            set(
                    connection,
                    "statement_timeout = " + most,
                    "idle_in_transaction_session_timeout = " + most,
                    "synchronous_commit = on",
                    "default_transaction_isolation = 'read committed'",
                    "jit = off");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void keep(Connection connection) {
        open.removeIf(PostgresConnections::isClosed);
        open.add(connection);
        if (aborted) {
            // perhaps after the others had been
            abort(connection);
        }
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            LOG.debug("a connection does not say whether it is closed", e);
            return false;
        }
    }

    private static void set(Connection connection, String... settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String setting : settings) {
                statement.execute("set " + setting);
            }
        }
    }
}
