package io.tributary.host.journal;

import java.sql.SQLException;
import org.sqlite.SQLiteException;

/// What a failed write means for everything after it.
///
/// The numbers are SQLite's result codes (sqlite.org/rescode.html); the low byte is the kind.
sealed interface Failure {

    /// The unit's own fault: it alone is refused.
    record Own(String text) implements Failure {}

    /// It may work in a moment; nothing is wrong with the file.
    record Passing(String text) implements Failure {}

    /// The disk is full: it works again when there is room.
    record Full() implements Failure {
        static final String TEXT =
                "the disk is full: make room in the data folder's file system; it goes on by itself";
    }

    /// The connection or the file cannot be trusted any more.
    record Final(String text) implements Failure {}

    /// No result code of SQLite's.
    int NOT_SQLITE = 255;

    static Failure of(SQLException error) {
        if (error instanceof Damaged damaged) {
            return new Final("damaged: " + damaged.what() + ": stop, and restore a backup");
        }
        int code = error instanceof SQLiteException own ? own.getResultCode().code : NOT_SQLITE;
        return switch (code & 0xFF) {
            case 19 -> new Own("it contradicts what is stored");
            case 18 -> new Own("it is too big");
            case 20 -> new Own("a value has the wrong type");
            case 5, 6, 15 ->
                    new Passing("another program holds the database file: close what opened it");
            case 13 -> new Full();
            case 10 ->
                    new Final(
                            "the disk failed (error "
                                    + code
                                    + "), so nothing is known to be safe that was written since:"
                                    + " check the disk, then start again");
            case 8, 14, 3, 23 ->
                    new Final(
                            "the database file cannot be written any more (error "
                                    + code
                                    + "): make the data folder writable, then start again");
            // Statements are ours and the same everywhere, so what does not fit them is the tables.
            case 1 ->
                    new Final(
                            "the tables are not as this version makes them ("
                                    + error.getMessage()
                                    + "): the file is damaged, or another program changed it:"
                                    + " stop, keep a copy, and restore a backup");
            case 11, 26 ->
                    new Final(
                            "the database file is damaged (error "
                                    + code
                                    + "): stop, keep a copy, and restore a backup");
            default -> new Final("an unexpected error of the database (" + code + "): start again");
        };
    }
}
