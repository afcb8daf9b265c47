package io.tributary.host.journal;

import java.sql.SQLException;
import java.time.Duration;

/// Writes what is known of media, and the jobs that fetch them.
final class MediaWrites {

    private final Tables tables;
    private final Sql sql;

    MediaWrites(Tables tables) {
        this.tables = tables;
        this.sql = tables.sql;
    }

    void add(Change.AddMedia media) throws SQLException {
        sql.update(
                "insert into media (id, account, state, name, type, bytes, created_at)"
                        + " values (?,?,?,?,?,0,?)",
                media.id(),
                media.account(),
                MediaRecords.State.PENDING,
                media.name(),
                media.type(),
                media.at());
    }

    void kept(Change.MediaKept kept) throws SQLException {
        int changed =
                sql.update(
                        "update media set state = ?, type = ?, bytes = ?, sha256 = ?,"
                                + " reason_code = null, reason_text = null where id = ?",
                        MediaRecords.State.STORED,
                        kept.type(),
                        kept.bytes(),
                        kept.sha256(),
                        kept.id());
        needOne(changed, "there is no media " + kept.id());
    }

    /// Nobody minds where the file is not known any more.
    void used(Change.UseMedia used) throws SQLException {
        sql.update("update media set used_at = max(used_at, ?) where id = ?", used.at(), used.id());
    }

    void lost(Change.MediaLost lost) throws SQLException {
        int changed =
                sql.update(
                        "update media set state = ?, reason_code = ?, reason_text = ?"
                                + " where id = ?",
                        MediaRecords.State.FAILED,
                        lost.reason().code(),
                        lost.reason().text(),
                        lost.id());
        needOne(changed, "there is no media " + lost.id());
    }

    void add(Change.AddFetch fetch) throws SQLException {
        sql.update(
                "insert into fetch (media, account, interaction, part, place, attempt, not_before,"
                        + " created_at) values (?,?,?,?,?,0,?,?)",
                fetch.media(),
                fetch.account(),
                fetch.interaction(),
                fetch.part(),
                fetch.fetch(),
                fetch.at(),
                fetch.at());
    }

    void move(Change.MoveFetch move) throws SQLException {
        Duration pause = move.pause();
        if (pause == null) {
            sql.update("delete from fetch where media = ?", move.media());
            return;
        }
        int changed =
                sql.update(
                        "update fetch set attempt = ?, not_before = ? where media = ?",
                        move.attempt(),
                        tables.clock().plus(pause),
                        move.media());
        needOne(changed, "there is no job that fetches media " + move.media());
    }

    private static void needOne(int changed, String otherwise) {
        if (changed == 0) {
            throw new UnitRefused(otherwise);
        }
    }
}
