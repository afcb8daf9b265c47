package io.tributary.host.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens between taking the folder and the first unit.
final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private Opening() {}

    record Opened(Tables tables, Counters counters, LogEnds ends, Timelines.Known timelines) {}

    static Opened open(JournalFolder folder, JournalOptions options) {
        Path file = folder.database();
        boolean there = Files.exists(file);
        @Nullable Sql sql = null;
        try {
            sql = new Sql(Dialect.SQLITE, Connections.writer(file));
            Schema.migrate(file);
            if (there) {
                refuseDamage(sql, file, options);
            }
            Opened opened = load(sql, folder, options);
            if (options.fileBytes() > 0) {
                limit(sql, options.fileBytes());
            }
            return opened;
        } catch (SQLException e) {
            close(sql);
            throw unusable(file, e);
        } catch (RuntimeException e) {
            close(sql);
            throw e;
        }
    }

    private static Opened load(Sql sql, JournalFolder folder, JournalOptions options)
            throws SQLException {
        Timelines.Known timelines =
                Timelines.begin(sql, folder.session(), options.clock().instant());
        catchUp(sql);
        var tables = new Tables(sql, options);
        Counters counters = tables.load();
        var ends =
                new LogEnds(
                        counters.position() - 1,
                        sql.number(1, "select oldest from log"),
                        counters.parked());
        return new Opened(tables, counters, ends, timelines);
    }

    private static void catchUp(Sql sql) throws SQLException {
        sql.run("begin immediate");
        Marks.catchUp(sql, sql.number(0, "select marks_position from log"));
        sql.update("update log set marks_position = next_position - 1");
        sql.run("commit");
    }

    private static void refuseDamage(Sql sql, Path file, JournalOptions options)
            throws SQLException {
        List<String> wrong =
                Integrity.check(sql, size(file), options.checkAll(), options.checkFor());
        if (!wrong.isEmpty()) {
            throw new JournalUnavailable(
                    "the journal "
                            + file
                            + " is damaged: "
                            + String.join("; ", wrong)
                            + ". Keep a copy of the folder, then restore a backup");
        }
    }

    /// Keeps the file from growing beyond a size.
    static void limit(Sql sql, long bytes) throws SQLException {
        sql.run("pragma max_page_count = " + bytes / Connections.PAGE);
    }

    static List<String> examine(JournalFolder folder) {
        Path file = folder.database();
        if (!Files.exists(file)) {
            throw new JournalUnavailable("there is no journal at " + file);
        }
        try (var sql = new Sql(Dialect.SQLITE, Connections.writer(file))) {
            if (!sql.any("select 1 from pragma_table_info('interaction') where name = 'said_at'")) {
                sql.lacks("said_at");
            }
            return Integrity.examine(sql);
        } catch (SQLException e) {
            return List.of(unusable(file, e).getMessage());
        }
    }

    /// In words for an operator.
    static JournalUnavailable unusable(Path file, SQLException error) {
        String why =
                switch (Failure.of(error)) {
                    case Failure.Own(String text) -> text;
                    case Failure.Passing(String text) -> text;
                    case Failure.Full _ -> Failure.Full.TEXT;
                    case Failure.Final(String text) -> text;
                };
        return new JournalUnavailable("the journal " + file + " cannot be opened: " + why, error);
    }

    /// Empties the write-ahead log, unless the file cannot be trusted.
    static void close(Tables tables, Fitness fitness) {
        try {
            if (fitness.closedWell()) {
                tables.sql.run("pragma wal_checkpoint(truncate)");
            }
        } catch (SQLException e) {
            LOG.warn("the write-ahead log could not be emptied", e);
        }
        close(tables.sql);
    }

    private static void close(@Nullable Sql sql) {
        if (sql == null) {
            return;
        }
        try {
            sql.close();
        } catch (SQLException e) {
            LOG.debug("a connection could not be closed", e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return 0;
        }
    }
}
