package io.tributary.host.journal;

import io.tributary.model.MediaId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/// Brings the files of media into the database, each looked at against what its row says of it.
///
/// One that is not there any more, or not as it was, does not keep a log from moving: its row says
/// so from then on.
final class MediaCopy {

    private static final String LOST =
            "update media set state = 'FAILED', reason_code = 'file-lost', reason_text ="
                    + " 'the file was missing or damaged when the log was copied' where id = ?";

    private final Sql source;
    private final Sql target;
    private final LogCopy.MediaFiles files;
    private long copied;
    private long stayed;
    private long lost;

    MediaCopy(Sql source, Sql target, LogCopy.MediaFiles files) {
        this.source = source;
        this.target = target;
        this.files = files;
    }

    long copied() {
        return copied;
    }

    long stayed() {
        return stayed;
    }

    long lost() {
        return lost;
    }

    /// Copies all, in the transaction in which the rows came.
    void copy() throws SQLException {
        try (ResultSet rows =
                source.statement(
                                "select id, sha256, bytes from media where state = 'STORED'"
                                        + " order by id")
                        .executeQuery()) {
            var columns = new Columns(Dialect.SQLITE, rows);
            while (columns.next()) {
                copy(
                        new MediaBytes.Content(
                                columns.media(),
                                Objects.requireNonNullElse(columns.textOrNull(), ""),
                                columns.number()));
            }
        }
        long there =
                target.number(
                        0,
                        "select count(*) from media_content c where recorded = 1 and bytes ="
                                + " (select coalesce(sum(octet_length(k.bytes)), 0)"
                                + " from media_chunk k"
                                + " where k.media = c.media and k.sha256 = c.sha256)");
        if (there != copied) {
            throw new JournalUnavailable(
                    "of the files of media " + there + " came and " + copied + " should have");
        }
    }

    private void copy(MediaBytes.Content content) throws SQLException {
        MediaId id = content.media();
        if (files.stays(content)) {
            stayed++;
            return;
        }
        try (InputStream file = files.open(content)) {
            MediaChunks.write(target, content, file);
            target.update("update media_content set recorded = 1 where media = ?", id);
            copied++;
        } catch (NoSuchFileException missing) {
            lose(id);
        } catch (IOException unfit) {
            target.update("delete from media_content where media = ?", id);
            lose(id);
        }
    }

    private void lose(MediaId id) throws SQLException {
        target.update(LOST, id);
        lost++;
    }
}
