package io.tributary.host.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;

/// Makes a copy of the database while it is written to.
///
/// The copy is of one moment, and complete in one file. While it is made the write-ahead log cannot
/// be emptied, so that it grows by what comes meanwhile.
final class Backup {

    private Backup() {}

    static void make(Path database, Path target) {
        Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
        try {
            if (Files.exists(target)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            Files.deleteIfExists(unfinished);
            copy(database, unfinished);
            Durable.file(unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            Durable.nameOf(target);
        } catch (FileAlreadyExistsException e) {
            throw new JournalUnavailable(
                    "a backup goes into a new file, but there is one already: " + target, e);
        } catch (IOException | SQLException e) {
            remove(unfinished, e);
            throw new JournalUnavailable(
                    "the backup could not be written to " + target + ": is there room?", e);
        }
    }

    private static void copy(Path database, Path target) throws SQLException {
        try (var sql = new Sql(Dialect.SQLITE, Connections.checkpointer(database))) {
            sql.update("vacuum into ?", target.toString());
        }
        try (var sql = new Sql(Dialect.SQLITE, Connections.checkpointer(target))) {
            Timelines.forget(sql);
        }
    }

    private static void remove(Path unfinished, Exception reason) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
