package io.tributary.host.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;

/// Brings the log of a single node, every table beside it and the files of media into a database:
/// all of it or nothing. Positions, cursors and versions stay as they are.
public final class LogCopy {

    private static final int AT_ONCE = 500;
    private static final long BYTES_AT_ONCE = 8_000_000;

    /// What is written for each interaction comes last but one: the largest.
    private static final List<Table> TABLES =
            List.of(
                    new Table("account"),
                    new Table("token"),
                    new Table("customer"),
                    new Table("address"),
                    new Table("identity"),
                    new Table("consent"),
                    new Table("conversation"),
                    new Table("plugin_artifact"),
                    new Table("plugin"),
                    new Table("plugin_rollout", "id"),
                    new Table("plugin_state"),
                    new Table("answer", "id"),
                    new Table("audit"),
                    new Table("correction"),
                    new Table("dead_letter", "id"),
                    new Table("delivery"),
                    new Table("device"),
                    new Table("device_address"),
                    new Table("fallback"),
                    new Table("fallback_step"),
                    new Table("fetch"),
                    new Table("fold"),
                    new Table("media"),
                    new Table("outbox", "id"),
                    new Table("parked", "id"),
                    new Table("piece", "id"),
                    new Table("print"),
                    new Table("renormalisation"),
                    new Table("segment"),
                    new Table("timeline"),
                    new Table("trace", "id"),
                    new Table("watch"),
                    new Table("webhook"),
                    new Table("webhook_event"),
                    // of several rows with one hash, the first is in force
                    new Table("once", "", "hash", "id"),
                    new Table("reference", "id", "hash", "id"),
                    new Table("raw_event"),
                    new Table("interaction"));

    private LogCopy() {}

    /// One table.
    ///
    /// @param numbered the column that the database numbers by itself; empty: none
    /// @param unique what is unique there and need not be here; empty: nothing
    /// @param order of the rows, so that the right one of several stays; empty: any
    private record Table(String name, String numbered, String unique, String order) {

        Table(String name) {
            this(name, "", "", "");
        }

        Table(String name, String numbered) {
            this(name, numbered, "", "");
        }

        String quoted() {
            return '"' + name + '"';
        }
    }

    /// The files of media of the member.
    @FunctionalInterface
    public interface MediaFiles {

        /// Opens one.
        ///
        /// @throws java.nio.file.NoSuchFileException it is not there
        InputStream open(MediaBytes.Content content) throws IOException;

        /// Whether it is in a place that the log's new members use as well, and is left there.
        ///
        /// @throws JournalUnavailable that cannot be told now
        default boolean stays(MediaBytes.Content content) {
            return false;
        }
    }

    /// What came.
    ///
    /// @param files of media
    /// @param stayed media that were left where they are
    /// @param lost media whose file was not there any more, or not as it was
    public record Copied(long interactions, long files, long stayed, long lost) {}

    /// Copies.
    ///
    /// @param data the folder of a member that does not run
    /// @param files what is stored as media there, by the log's identity; asked before anything is
    ///   copied
    /// @param progress told of each table and how many rows it brought
    /// @throws JournalUnavailable it could not be; nothing is copied then
    public static Copied copy(
            Path data,
            PostgresAddress to,
            JournalOptions options,
            LongFunction<MediaFiles> files,
            BiConsumer<String, Long> progress) {
        if (!Files.exists(data.resolve("journal.db"))) {
            throw new JournalUnavailable("there is no log in " + data);
        }
        // opened and closed once, so that all of it is in the rows
        SqliteJournal.open(data, options).close();
        var connections = new PostgresConnections(to);
        PostgresSchema.migrate(connections, options.clock());
        try (JournalFolder folder = JournalFolder.take(data);
                Connection from = Connections.reader(folder.database());
                Connection into = connections.bulk()) {
            into.setAutoCommit(false);
            var source = new Sql(Dialect.SQLITE, from);
            var target = new Sql(Dialect.POSTGRES, into);
            refuseUsed(target, to);
            MediaFiles stored = files.apply(source.number(0, "select identity from log"));
            for (Table table : TABLES) {
                progress.accept(table.name(), copy(table, source, target));
            }
            var media = new MediaCopy(source, target, stored);
            media.copy();
            progress.accept("media files", media.copied());
            finish(source, target);
            into.commit();
            target.run("analyze");
            into.commit();
            return new Copied(
                    target.number(0, "select count(*) from interaction"),
                    media.copied(),
                    media.stayed(),
                    media.lost());
        } catch (SQLException e) {
            throw PostgresSchema.unusable(to, e);
        }
    }

    private static void refuseUsed(Sql target, PostgresAddress to) throws SQLException {
        boolean alone =
                target.first("select pg_try_advisory_xact_lock(?)", Columns::truth, Occupancy.LOCK)
                        .orElse(false);
        if (!alone) {
            throw new JournalUnavailable(
                    "a member uses the database at " + to.place() + ": stop it first");
        }
        target.run("select 1 from log for update");
        if (holdsSomething(target)) {
            throw new JournalUnavailable(
                    "the database at "
                            + to.place()
                            + " holds something already: name one that nobody has used");
        }
        target.update("delete from timeline");
    }

    /// Whether somebody has used the database.
    static boolean holdsSomething(Sql target) throws SQLException {
        return target.any("select 1 from log where next_position > 1")
                || target.any("select 1 from account")
                || target.any("select 1 from token");
    }

    private static long copy(Table table, Sql source, Sql target) throws SQLException {
        List<String> columns = columns(table, target);
        for (String column : columns) {
            // the file would take a name that it does not know for a text
            if (!source.any(
                    "select 1 from pragma_table_info(?) where name = ?", table.name(), column)) {
                throw new Damaged("the column " + table.name() + "." + column);
            }
        }
        String names = String.join(", ", columns.stream().map(each -> '"' + each + '"').toList());
        String conflict =
                table.unique().isEmpty() ? "" : " on conflict (" + table.unique() + ") do nothing";
        PreparedStatement insertion =
                target.statement(
                        "insert into "
                                + table.quoted()
                                + " ("
                                + names
                                + ") overriding system value values "
                                + Sql.placeholders(columns.size())
                                + conflict);
        String order = table.order().isEmpty() ? "" : " order by " + table.order();
        PreparedStatement reading =
                source.statement("select " + names + " from " + table.quoted() + order);
        long waiting = 0;
        long bytes = 0;
        try (ResultSet rows = reading.executeQuery()) {
            while (rows.next()) {
                for (int i = 1; i <= columns.size(); i++) {
                    Object value = rows.getObject(i);
                    bytes += value instanceof byte[] many ? many.length : 0;
                    target.bind(insertion, i, value);
                }
                insertion.addBatch();
                waiting++;
                if (waiting == AT_ONCE || bytes > BYTES_AT_ONCE) {
                    insertion.executeBatch();
                    waiting = 0;
                    bytes = 0;
                }
            }
        }
        insertion.executeBatch();
        return verified(table, source, target);
    }

    /// Only what both have; the file keeps checksums and short ways of its own.
    private static List<String> columns(Table table, Sql target) throws SQLException {
        List<String> columns =
                target.list(
                        "select column_name from information_schema.columns"
                                + " where table_schema = current_schema() and table_name = ?"
                                + " order by ordinal_position",
                        Columns::text,
                        table.name());
        if (columns.isEmpty()) {
            throw new Damaged("the table " + table.name());
        }
        return columns;
    }

    private static long verified(Table table, Sql source, Sql target) throws SQLException {
        String counted =
                table.unique().isEmpty() ? "count(*)" : "count(distinct " + table.unique() + ")";
        long there = source.number(0, "select " + counted + " from " + table.quoted());
        long here = target.number(0, "select count(*) from " + table.quoted());
        if (there != here) {
            throw new JournalUnavailable(
                    "of the table "
                            + table.name()
                            + " "
                            + here
                            + " rows came and "
                            + there
                            + " should have");
        }
        if (!table.numbered().isEmpty()) {
            // ids of rows that are gone are not given again
            long last =
                    Math.max(
                            target.number(
                                    0,
                                    "select max(%s) from %s"
                                            .formatted(table.numbered(), table.quoted())),
                            source.number(
                                    0,
                                    "select seq from sqlite_sequence where name = ?",
                                    table.name()));
            target.number(
                    0,
                    "select setval(pg_get_serial_sequence(?, ?), ?, false)",
                    table.name(),
                    table.numbered(),
                    last + 1);
        }
        return here;
    }

    private static void finish(Sql source, Sql target) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        for (String column :
                List.of("identity", "next_position", "oldest", "next_version", "epoch")) {
            numbers.add(source.number(0, "select " + column + " from log"));
        }
        target.update(
                "update log set identity = ?, next_position = ?, oldest = ?, next_version = ?,"
                        + " epoch = ?",
                numbers.toArray());
        target.run(
                "select setval('raw_event_id', (select coalesce(max(id), 0) + 1 from raw_event),"
                        + " false)");
    }
}
