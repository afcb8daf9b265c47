package io.tributary.host.journal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// A real PostgreSQL server for tests, one for the process: the one that `TRIBUTARY_TEST_PG_URL`
/// names, such as `jdbc:postgresql://localhost/postgres?user=me&password=secret`, else one of its
/// own that ends with the process. Each test has a database of its own, copied from one whose
/// tables are made once.
public final class TestServer {

    private static final AtomicLong COUNT = new AtomicLong();
    private static final TestServer ONE = new TestServer();
    private static final String NAMES = "tributary_" + ProcessHandle.current().pid() + "_";

    /// Who owns the databases, as members do: nobody with more rights than that.
    private static final String OWNER = "tributary";

    private final String url;
    private final String user;
    private boolean prepared;

    private TestServer() {
        String given = System.getenv("TRIBUTARY_TEST_PG_URL");
        if (given != null) {
            url = given;
            user = "";
            return;
        }
        try {
            // kept until the process ends: it stops by itself then
            var server =
                    EmbeddedPostgres.builder()
                            .setServerConfig("fsync", "on")
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("full_page_writes", "on")
                            .setServerConfig("shared_buffers", "64MB")
                            // other builds may have the machine to themselves for a while
                            .setPGStartupWait(Duration.ofMinutes(1))
                            .start();
            url = server.getJdbcUrl("postgres", "postgres");
            user = OWNER;
            execute("create role " + OWNER + " login");
        } catch (IOException e) {
            throw new UncheckedIOException("the test's PostgreSQL server does not start", e);
        }
    }

    /// An empty journal's database.
    public static PostgresAddress database() {
        return ONE.create();
    }

    private synchronized PostgresAddress create() {
        String template = NAMES + "template";
        if (!prepared) {
            execute("drop database if exists " + template);
            execute("create database " + template + owner());
            PostgresSchema.migrate(
                    new PostgresConnections(address(template)), InstantSource.system());
            execute("alter database " + template + " is_template true");
            prepared = true;
        }
        String name = NAMES + COUNT.incrementAndGet();
        execute(
                "create database "
                        + name
                        + " template "
                        + template
                        + " strategy file_copy"
                        + owner());
        PostgresAddress address = address(name);
        // a copy is another database, as the log notices
        try (Connection connection = connect(address);
                Statement one = connection.createStatement()) {
            one.execute("update log set server = server_v1()");
        } catch (SQLException e) {
            throw new IllegalStateException("the test's database refuses", e);
        }
        return address;
    }

    /// One of several members' journals over the database.
    public static Journal member(PostgresAddress address, InstantSource clock) {
        return PostgresJournal.openMigrated(
                new PostgresConnections(address), JournalOptions.standard().at(clock));
    }

    /// Does with the rows what no member would.
    public static int tamper(PostgresAddress address, String statement) {
        try (Connection connection = connect(address);
                Statement one = connection.createStatement()) {
            return one.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("the test's database refuses", e);
        }
    }

    /// A member's journal over the database, beside those of others.
    public static Journal journal(PostgresAddress address) {
        return PostgresJournal.openMigrated(
                new PostgresConnections(address), JournalOptions.standard());
    }

    /// The database is not needed any more.
    public static void drop(PostgresAddress address) {
        String place = address.place();
        ONE.execute(
                "drop database if exists "
                        + place.substring(place.lastIndexOf('/') + 1)
                        + " with (force)");
    }

    public static Connection connect(PostgresAddress address) throws SQLException {
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }

    private PostgresAddress address(String database) {
        int options = url.indexOf('?');
        String place = options < 0 ? url : url.substring(0, options);
        String rest = options < 0 ? "" : url.substring(options);
        String server = place.substring(0, place.lastIndexOf('/') + 1);
        return new PostgresAddress(server + database + rest, user, "");
    }

    private String owner() {
        return user.isEmpty() ? "" : " owner " + user;
    }

    private void execute(String statement) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement one = connection.createStatement()) {
            one.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("the test's PostgreSQL server refuses", e);
        }
    }
}
