package io.tributary.host.journal;

import io.tributary.model.MediaId;
import java.sql.SQLException;
import java.util.Optional;

/// Reads what is known of media.
final class MediaReads implements MediaRecords {

    /// As [#fetch(Columns)] reads them.
    static final String FETCH =
            "media, account, interaction, part, place, attempt, created_at, claim";

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
    public Optional<FetchJobs.Fetch> fetch(MediaId id) {
        return pool.read(sql ->
                sql.first(
                        "select " + FETCH + " from \"fetch\" where media = ?",
                        MediaReads::fetch,
                        id));
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

    static FetchJobs.Fetch fetch(Columns columns) throws SQLException {
        return new FetchJobs.Fetch(
                columns.media(),
                columns.account(),
                columns.interaction(),
                columns.smallNumber(),
                columns.text(),
                columns.smallNumber(),
                columns.instant(),
                columns.number());
    }
}
