package io.tributary.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real PostgreSQL server, which can be killed and started again on its data.
final class Database implements AutoCloseable {

    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    private Database(Path data, EmbeddedPostgres server) {
        this.data = data;
        this.server = server;
        this.port = server.getPort();
    }

    static Database start(Path folder) throws IOException {
        Path data = folder.resolve("postgres");
        return new Database(data, builder(data).start());
    }

    private static EmbeddedPostgres.Builder builder(Path data) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data.toFile())
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "200");
    }

    /// Puts what the members write elsewhere, but not the server's own journal: a server whose
    /// journal has no room ends itself.
    void moveTo(Path place) throws IOException, SQLException {
        Path tables = Files.createDirectories(place.resolve("tables"));
        try (Connection beside = server.getDatabase("postgres", "template1").getConnection();
                var statement = beside.createStatement()) {
            statement.execute("create tablespace small location '" + tables + "'");
            statement.execute("alter database postgres set tablespace small");
        }
    }

    /// Makes a base copy in another folder, while everybody works on: what a standby has that falls
    /// behind from now on.
    void copyTo(Path folder) throws IOException, SQLException {
        try (Connection direct = server.getPostgresDatabase().getConnection();
                var statement = direct.createStatement()) {
            statement.execute("select pg_backup_start('faults', true)");
            Folders.copy(data, folder, "pg_wal", "postmaster.pid");
            String label;
            try (var rows =
                    statement.executeQuery(
                            "select labelfile from pg_backup_stop(wait_for_archive => false)")) {
                rows.next();
                label = rows.getString(1);
            }
            Folders.copy(data.resolve("pg_wal"), folder.resolve("pg_wal"));
            Files.writeString(folder.resolve("backup_label"), label);
            Files.createFile(folder.resolve("standby.signal"));
        }
    }

    /// A standby on such a copy, which takes over.
    static Database promoted(Path folder) throws IOException, SQLException {
        var standby = new Database(folder, builder(folder).start());
        standby.ask("select pg_promote(true, 60)");
        return standby;
    }

    String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    int port() {
        return port;
    }

    /// Asks it directly, and answers the first column of each row as text.
    List<String> ask(String sql) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (Connection direct = server.getPostgresDatabase().getConnection();
                var statement = direct.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                answers.add(String.valueOf(rows.getString(1)));
            }
        }
        return answers;
    }

    /// Has it do something directly.
    void tell(String sql) throws SQLException {
        try (Connection direct = server.getPostgresDatabase().getConnection();
                var statement = direct.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Sabotage: replaces words of one of the functions that members call.
    ///
    /// @param words by turns what is there and what is to be there
    void replaceIn(String function, String... words) throws SQLException {
        String text =
                ask("select pg_get_functiondef('%s'::regproc)".formatted(function)).getFirst();
        for (int i = 0; i < words.length; i += 2) {
            if (!text.contains(words[i])) {
                throw new IllegalStateException(function + " does not say " + words[i]);
            }
            text = text.replace(words[i], words[i + 1]);
        }
        tell(text);
    }

    /// Writes down from now on who is given the one slot, beside what members do.
    void watchSlots() throws SQLException {
        tell(
                """
                create table faults_tenure (epoch bigint, member text, began timestamptz);
                create function faults_note() returns trigger language plpgsql as $$
                begin
                  if new.owner <> 0 and (tg_op = 'INSERT' or new.epoch <> old.epoch) then
                    insert into faults_tenure values (new.epoch, new.last, clock_timestamp());
                  end if;
                  return null;
                end $$;
                create trigger faults_note after insert or update on slot
                  for each row execute function faults_note();
                insert into faults_tenure select epoch, last, to_timestamp(since / 1000000.0) from slot where owner <> 0;
                """);
    }

    /// Who had the slot, one after another.
    List<Tenure> tenures() throws SQLException {
        return ask(
                        "select epoch || ' ' || member || ' ' || (extract(epoch from began) * 1000000)::bigint"
                                + " from faults_tenure order by epoch")
                .stream()
                .map(line -> line.split(" ", -1))
                .map(words ->
                        new Tenure(
                                Long.parseLong(words[0]),
                                words[1],
                                Instant.EPOCH.plus(Long.parseLong(words[2]), ChronoUnit.MICROS)))
                .toList();
    }

    /// SIGKILL for the server and all that it started.
    void kill() throws IOException, InterruptedException {
        long pid =
                Long.parseLong(
                        Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        var others = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        others.forEach(ProcessHandle::destroyForcibly);
        try {
            postmaster.onExit().get(30, TimeUnit.SECONDS);
            for (ProcessHandle each : others) {
                each.onExit().get(30, TimeUnit.SECONDS);
            }
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            throw new IOException("the server did not die", e);
        }
    }

    /// Starts it on what the killed one left, at the same port.
    void restart() throws IOException {
        // lets go of the folder
        server.close();
        server = builder(data).setPort(port).start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
