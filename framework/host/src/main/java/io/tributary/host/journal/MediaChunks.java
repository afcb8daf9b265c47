package io.tributary.host.journal;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;

/// Writes the bytes of one medium in pieces, within a transaction of the caller's.
final class MediaChunks {

    /// Large enough that a picture is a few round trips, small enough to be held in memory.
    static final int LENGTH = 256 * 1024;

    private MediaChunks() {}

    /// Writes all that the stream holds.
    ///
    /// @return false: somebody else has written the same meanwhile, and nothing was read
    /// @throws IOException the stream does not hold what was said of it: what was written is to be
    ///   taken back
    static boolean write(Sql sql, MediaBytes.Content content, InputStream stream)
            throws SQLException, IOException {
        int added =
                sql.update(
                        "insert into media_content (media, sha256, bytes, recorded, kept_at)"
                                + " values (?, ?, ?, 0, now_v1()) on conflict do nothing",
                        content.media(),
                        content.sha256(),
                        content.bytes());
        if (added == 0) {
            return false;
        }
        MessageDigest digest = sha256();
        byte[] buffer = new byte[LENGTH];
        long bytes = 0;
        int number = 0;
        // one that is longer than was said is not read to its end
        for (int read = stream.readNBytes(buffer, 0, LENGTH);
                read > 0 && bytes + read <= content.bytes();
                read = stream.readNBytes(buffer, 0, LENGTH)) {
            digest.update(buffer, 0, read);
            sql.update(
                    "insert into media_chunk (media, sha256, number, bytes) values (?, ?, ?, ?)",
                    content.media(),
                    content.sha256(),
                    number,
                    read == LENGTH ? buffer : Arrays.copyOf(buffer, read));
            bytes += read;
            number++;
        }
        if (bytes != content.bytes() || !hex(digest).equals(content.sha256())) {
            throw new IOException(
                    "the bytes of media " + content.media() + " are not those that were announced");
        }
        return true;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
