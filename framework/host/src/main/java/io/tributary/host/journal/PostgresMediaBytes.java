package io.tributary.host.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// The bytes of media in the database, over connections of their own.
///
/// Each medium is written in one transaction, so it is there whole or not at all; rows that others
/// may wait for are never held across round trips. It is read piece by piece, so that a large one
/// does not keep a connection to itself.
final class PostgresMediaBytes implements MediaBytes, AutoCloseable {

    /// Whoever put them has recorded them long before, or never will.
    private static final Duration SETTLED = Duration.ofDays(1);

    private static final int AT_ONCE = 8;

    private final ReadPool pool;

    PostgresMediaBytes(ReadPool pool) {
        this.pool = pool;
    }

    @Override
    public void put(Content content, Source source) throws IOException {
        boolean there = refresh(content);
        while (!there) {
            // not thrown within: the pool takes what is thrown there for the database's fault
            Optional<IOException> unfit = pool.read(sql -> write(sql, content, source));
            if (unfit.isPresent()) {
                throw unfit.get();
            }
            there = refresh(content);
        }
    }

    /// Those that lie there unrecorded for long may be about to go.
    private boolean refresh(Content content) {
        return pool.read(sql ->
                sql.update(
                                "update media_content set kept_at = now_v1()"
                                        + " where media = ? and sha256 = ?",
                                content.media(),
                                content.sha256())
                        > 0);
    }

    private static Optional<IOException> write(Sql sql, Content content, Source source)
            throws SQLException {
        sql.run("begin");
        try (InputStream stream = source.open()) {
            MediaChunks.write(sql, content, stream);
        } catch (IOException unfit) {
            sql.run("rollback");
            return Optional.of(unfit);
        } catch (RuntimeException unreadable) {
            sql.run("rollback");
            return Optional.of(new IOException("the source cannot be read", unreadable));
        }
        sql.run("commit");
        return Optional.empty();
    }

    @Override
    public boolean holds(Content content) {
        return pool.read(sql ->
                sql.any(
                        "select 1 from media_content where media = ? and sha256 = ? and bytes = ?",
                        content.media(),
                        content.sha256(),
                        content.bytes()));
    }

    @Override
    public boolean read(Content content, OutputStream to) throws IOException {
        if (!holds(content)) {
            return false;
        }
        MessageDigest digest = MediaChunks.sha256();
        long left = content.bytes();
        int number = 0;
        while (left > 0) {
            byte[] chunk = chunk(content, number).orElseThrow(() -> damaged(content));
            left -= chunk.length;
            if (left < 0) {
                throw damaged(content);
            }
            digest.update(chunk);
            to.write(chunk);
            number++;
        }
        if (!MediaChunks.hex(digest).equals(content.sha256())) {
            throw damaged(content);
        }
        return true;
    }

    private Optional<byte[]> chunk(Content content, int number) {
        return pool.read(sql ->
                sql.first(
                        "select bytes from media_chunk"
                                + " where media = ? and sha256 = ? and number = ?",
                        Columns::array,
                        content.media(),
                        content.sha256(),
                        number));
    }

    private static IOException damaged(Content content) {
        return new IOException(
                "the bytes of media "
                        + content.media()
                        + " in the database are damaged or were dropped just now");
    }

    /// Drops what no medium names any more.
    void clear() {
        long dropped;
        do {
            dropped =
                    pool.read(sql ->
                            sql.number(
                                    0,
                                    "select drop_media_v1(?, ?)",
                                    SETTLED.toMillis() * 1000,
                                    AT_ONCE));
        } while (dropped > 0);
    }

    /// Waits for what is being written or read.
    @Override
    public void close() {
        pool.close();
    }
}
