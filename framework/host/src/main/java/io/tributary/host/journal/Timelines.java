package io.tributary.host.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/// Notices that the database was put back to an earlier state, and begins another timeline then.
///
/// At each opening a random session is written into the database and into a file beside it. A
/// backup carries no session, and an older copy another one than the file tells: either way
/// positions may be given again that readers have seen with other content.
final class Timelines {

    private static final int BYTES = 16;

    private Timelines() {}

    /// @param first the first position of each timeline, from timeline 1 on
    record Known(long identity, List<Long> first) {

        int current() {
            return first.size();
        }

        long lastCommon(int timeline, long head) {
            if (timeline < 1 || timeline > current()) {
                return -1;
            }
            long last = head;
            for (long begin : first.subList(timeline, current())) {
                last = Math.min(last, begin - 1);
            }
            return last;
        }
    }

    /// Begins a session. In the order of writing, so that a crash in between is no restore: the
    /// file tells the old session and the new one, then the database the new one, then the file
    /// that alone.
    static Known begin(Sql sql, Path file, Instant now) throws SQLException {
        byte[] session = new byte[BYTES];
        var random = new SecureRandom();
        random.nextBytes(session);
        byte[] before = sql.first("select session from log", Columns::array).orElse(null);
        if (before == null) {
            create(sql, random.nextLong() & Long.MAX_VALUE, now);
        } else if (!known(file).contains(HexFormat.of().formatHex(before))) {
            sql.update(
                    "insert into timeline (number, first_position, since)"
                            + " select (select max(number) from timeline) + 1, next_position, ?"
                            + " from log",
                    now);
        }
        write(file, before == null ? List.of(session) : List.of(before, session));
        sql.update("update log set session = ?", session);
        write(file, List.of(session));
        return new Known(
                sql.number(0, "select identity from log"),
                sql.list("select first_position from timeline order by number", Columns::number));
    }

    /// Makes a copy of the database tell that it is one.
    static void forget(Sql sql) throws SQLException {
        sql.update("update log set session = zeroblob(?)", BYTES);
    }

    private static void create(Sql sql, long identity, Instant now) throws SQLException {
        sql.run("begin immediate");
        sql.update(
                "insert into log (one, identity, next_position, oldest, next_version, epoch,"
                        + " session, once_sorted, reference_sorted, marks_position)"
                        + " values (1,?,1,1,1,0,zeroblob(16),0,0,0)",
                identity);
        sql.update("insert into timeline (number, first_position, since) values (1, 1, ?)", now);
        sql.run("commit");
    }

    private static List<String> known(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            throw new JournalUnavailable("the file " + file + " cannot be read", e);
        }
    }

    private static void write(Path file, List<byte[]> sessions) {
        String text = String.join("\n", sessions.stream().map(HexFormat.of()::formatHex).toList());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            try (var channel =
                    FileChannel.open(
                            next,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            Durable.nameOf(file);
        } catch (IOException e) {
            throw new JournalUnavailable(
                    "the file "
                            + file
                            + " cannot be written ("
                            + e.getMessage()
                            + "). Make room in its file system, or let this process write there",
                    e);
        }
    }
}
