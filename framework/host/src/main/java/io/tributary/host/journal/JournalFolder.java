package io.tributary.host.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The data folder, used by one process at a time.
final class JournalFolder implements AutoCloseable {

    /// The folders in use by this process. Known beside the locks, since on POSIX systems closing
    /// any channel of a file lets go of the process's lock, so the file must not be touched to find
    /// out.
    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

    private static final long LOCKED_BYTE = 1L << 40;

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private JournalFolder(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /// @throws JournalUnavailable the folder cannot be used, or somebody else uses it
    static JournalFolder take(Path folder) {
        try {
            Files.createDirectories(folder);
            Path real = folder.toRealPath();
            if (!IN_USE.add(real)) {
                throw inUse(folder, "this process");
            }
            try {
                return lock(real);
            } catch (IOException | RuntimeException e) {
                IN_USE.remove(real);
                throw e;
            }
        } catch (IOException e) {
            throw new JournalUnavailable(
                    "the data folder "
                            + folder
                            + " cannot be used: it must be a folder that this process may write",
                    e);
        }
    }

    Path database() {
        return folder.resolve("journal.db");
    }

    Path writeAheadLog() {
        return folder.resolve("journal.db-wal");
    }

    /// Tells whether the database is the one that was last used here; see [Timelines].
    Path session() {
        return folder.resolve("journal.session");
    }

    private static JournalFolder lock(Path folder) throws IOException {
        var channel =
                FileChannel.open(
                        folder.resolve("journal.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
        if (lock == null) {
            String holder = holder(channel);
            channel.close();
            throw inUse(folder, holder);
        }
        channel.truncate(0);
        channel.write(utf8(Long.toString(ProcessHandle.current().pid())), 0);
        return new JournalFolder(folder, channel, lock);
    }

    private static JournalUnavailable inUse(Path folder, String holder) {
        return new JournalUnavailable(
                "the data folder "
                        + folder
                        + " is in use by "
                        + holder
                        + ": stop that process, or choose another folder");
    }

    /// What is locked lies behind the text, so that the text can be read by others.
    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(32);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
        return pid.isEmpty() ? "another process" : "process " + pid;
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
            IN_USE.remove(folder);
        } catch (IOException e) {
            throw new JournalUnavailable("the lock of the data folder could not be let go", e);
        }
    }
}
