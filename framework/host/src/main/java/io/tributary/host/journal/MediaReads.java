package io.tributary.host.journal;

import io.tributary.model.MediaId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads what is known of media.
final class MediaReads implements MediaRecords {

    private final ReadPool pool;

    MediaReads(ReadPool pool) {
        this.pool = pool;
    }

    @Override
    public Optional<Media> byId(MediaId id) {
        return pool.read(sql ->
                sql.first(
                        "select id, account, state, name, type, bytes, sha256,"
                                + " reason_code, reason_text, created_at from media"
                                + " where id = ?",
                        MediaReads::media,
                        id));
    }

    @Override
    public List<Fetch> due(Instant now, int limit) {
        return pool.read(sql ->
                sql.list(
                        "select media, account, interaction, part, place, attempt,"
                                + " created_at from \"fetch\" where not_before <= ?"
                                + " order by not_before, media limit ?",
                        MediaReads::fetch,
                        now,
                        limit));
    }

    @Override
    public Optional<Instant> nextDue() {
        return pool.read(sql ->
                sql.first(
                        "select not_before from \"fetch\" order by not_before limit 1",
                        Columns::instant));
    }

    private static Media media(Columns columns) throws SQLException {
        return new Media(
                columns.media(),
                columns.account(),
                columns.constant(State.class),
                columns.textOrNull(),
                columns.textOrNull(),
                columns.number(),
                columns.textOrNull(),
                columns.reasonOrNull(),
                columns.instant());
    }

    private static Fetch fetch(Columns columns) throws SQLException {
        return new Fetch(
                columns.media(),
                columns.account(),
                columns.interaction(),
                columns.smallNumber(),
                columns.text(),
                columns.smallNumber(),
                columns.instant());
    }
}
