package io.tributary.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A PostgreSQL server on this machine, as durable as its defaults make it, and what it did.
final class Postgres implements AutoCloseable {

    private static final String USER = "postgres";
    private static final String PID = "postmaster.pid";
    private static final int PATIENCE = 40;

    /// The unit of processor time in `/proc`; the same on all systems that have it.
    private static final double TICKS = 100;

    private final EmbeddedPostgres server;
    private final long postmaster;

    /// @param statements calls from outside; those that functions make do not count
    /// @param commits that were written or not
    /// @param walBytes of the write-ahead log
    record Done(long statements, long commits, long walBytes) {

        Done since(Done before) {
            return new Done(
                    statements - before.statements,
                    commits - before.commits,
                    walBytes - before.walBytes);
        }
    }

    /// One kind of statement.
    ///
    /// @param millis the server's time for all calls
    record Statement(String text, long calls, double millis) {}

    private Postgres(EmbeddedPostgres server, long postmaster) {
        this.server = server;
        this.postmaster = postmaster;
    }

    /// Starts one on new data. It counts statements, which costs each a microsecond or two.
    static Postgres start(Path folder) throws IOException {
        Path data = folder.resolve("postgres");
        EmbeddedPostgres server =
                EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        // its own defaults for tests are others
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("max_connections", "300")
                        .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                        .start();
        long pid = pid(data.resolve(PID)).orElseThrow();
        var postgres = new Postgres(server, pid);
        postgres.ask(
                "create extension pg_stat_statements",
                connection ->
                        connection
                                .createStatement()
                                .execute("create extension pg_stat_statements"));
        return postgres;
    }

    /// Waits for servers in a folder that somebody else ends: they are nobody's children.
    static void awaitEnds(Path folder)
            throws IOException, ExecutionException, InterruptedException, TimeoutException {
        List<Path> left;
        try (Stream<Path> all = Files.walk(folder, 3)) {
            left = all.filter(each -> each.endsWith(PID)).toList();
        }
        for (Path each : left) {
            Optional<ProcessHandle> server = pid(each).flatMap(ProcessHandle::of);
            if (server.isPresent()) {
                server.get().onExit().get(PATIENCE, TimeUnit.SECONDS);
            }
        }
    }

    private static Optional<Long> pid(Path file) throws IOException {
        return Files.exists(file)
                ? Optional.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
                : Optional.empty();
    }

    String url() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + USER;
    }

    String user() {
        return USER;
    }

    /// Seconds of processor time so far: of the server, and of all its processes, gone ones too.
    double cpuSeconds() throws IOException {
        double seconds =
                ProcessHandle.of(postmaster).stream()
                        .flatMap(each -> Stream.concat(Stream.of(each), each.descendants()))
                        .flatMap(each -> each.info().totalCpuDuration().stream())
                        .mapToDouble(each -> each.toNanos() / 1e9)
                        .sum();
        Path stat = Path.of("/proc", Long.toString(postmaster), "stat");
        if (!Files.isReadable(stat)) {
            return seconds;
        }
        String text = Files.readString(stat);
        // the name before it may hold spaces; of what follows, the 14th and 15th are of the dead
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        return seconds + (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS;
    }

    /// What it did so far.
    Done done() throws IOException {
        return ask(
                "how much was done",
                connection -> {
                    try (ResultSet row =
                            connection
                                    .createStatement()
                                    .executeQuery(
                                            """
                                            select (select coalesce(sum(calls), 0) from pg_stat_statements where toplevel),
                                              (select xact_commit from pg_stat_database where datname = current_database()),
                                              pg_current_wal_insert_lsn() - '0/0'::pg_lsn\
                                            """)) {
                        row.next();
                        return new Done(row.getLong(1), row.getLong(2), row.getLong(3));
                    }
                });
    }

    /// Begins to count kinds of statements anew.
    void forget() throws IOException {
        ask(
                "counting anew",
                connection ->
                        connection.createStatement().execute("select pg_stat_statements_reset()"));
    }

    /// Kinds of statements since [#forget], the most frequent first.
    List<Statement> statements() throws IOException {
        return ask(
                "which statements there were",
                connection -> {
                    try (ResultSet rows =
                            connection
                                    .createStatement()
                                    .executeQuery(
                                            """
                                            select regexp_replace(query, '\\s+', ' ', 'g'), calls, total_exec_time
                                              from pg_stat_statements where toplevel order by calls desc limit 100\
                                            """)) {
                        List<Statement> all = new ArrayList<>();
                        while (rows.next()) {
                            all.add(
                                    new Statement(
                                            rows.getString(1), rows.getLong(2), rows.getDouble(3)));
                        }
                        return all;
                    }
                });
    }

    @FunctionalInterface
    private interface Question<T> {
        T of(Connection connection) throws SQLException;
    }

    private <T> T ask(String what, Question<T> question) throws IOException {
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            return question.of(connection);
        } catch (SQLException failure) {
            throw new IOException("PostgreSQL did not tell: " + what, failure);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
