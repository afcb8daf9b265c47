package io.tributary.host.journal;

import java.sql.SQLException;

/// Finds out whether a disk that was full has room again.
final class Room {

    private static final int BYTES = 256 * 1024;

    private Room() {}

    /// Commits more than a usual batch needs, and gives it back: the pages stay with the file, as a
    /// small reserve.
    static void prove(Sql sql) throws SQLException {
        sql.run("begin immediate");
        sql.update("insert or replace into room (one, filling) values (1, zeroblob(?))", BYTES);
        sql.run("commit");
        sql.run("begin immediate");
        sql.run("delete from room");
        sql.run("commit");
    }
}
