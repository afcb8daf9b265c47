package io.tributary.host.media;

import io.tributary.model.MediaId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The files of media. Thread safe; blocking.
///
/// Bytes lie once, under their SHA-256 (`by-content`). Each medium is one more name for them
/// (`by-id`, a hard link), so the number of a file's names tells whether anybody still refers to
/// it.
final class MediaFolder {

    private static final int BUFFER = 64 * 1024;

    private final Path contents;
    private final Path names;
    private final Path arriving;

    /// @param type as [MediaType] says
    record Kept(String type, long bytes, String sha256) {}

    MediaFolder(Path folder) throws IOException {
        this.contents = Files.createDirectories(folder.resolve("by-content"));
        this.names = Files.createDirectories(folder.resolve("by-id"));
        this.arriving = Files.createDirectories(folder.resolve("arriving"));
    }

    /// Keeps what the stream holds, durably: when this returns it survives a crash.
    ///
    /// @throws TooLong there are more bytes than `limit`; nothing was kept
    Kept keep(MediaId id, InputStream stream, @Nullable String declared, long limit)
            throws IOException {
        Path file = arriving.resolve(id + "-" + Long.toHexString(System.nanoTime()));
        try {
            Kept kept = write(file, stream, declared, limit);
            publish(file, kept.sha256(), id);
            return kept;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static Kept write(Path file, InputStream stream, @Nullable String declared, long limit)
            throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        byte[] head = new byte[0];
        long bytes = 0;
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                bytes += read;
                if (bytes > limit) {
                    throw new TooLong(limit);
                }
                head = head(head, buffer, read);
                digest.update(buffer, 0, read);
                var chunk = ByteBuffer.wrap(buffer, 0, read);
                while (chunk.hasRemaining()) {
                    channel.write(chunk);
                }
            }
            channel.force(true);
        }
        return new Kept(
                MediaType.of(head, declared), bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static byte[] head(byte[] head, byte[] buffer, int read) {
        int more = Math.min(read, MediaType.HEAD - head.length);
        if (more <= 0) {
            return head;
        }
        byte[] longer = Arrays.copyOf(head, head.length + more);
        System.arraycopy(buffer, 0, longer, head.length, more);
        return longer;
    }

    /// Where the same bytes lie already, the new file is let go: one content, one file.
    private void publish(Path file, String sha256, MediaId id) throws IOException {
        Path content = content(sha256);
        Files.createDirectories(content.getParent());
        if (!Files.exists(content)) {
            Files.move(file, content, StandardCopyOption.ATOMIC_MOVE);
            force(content.getParent());
        }
        Path name = path(id);
        Files.createDirectories(name.getParent());
        try {
            Files.createLink(name, content);
        } catch (FileAlreadyExistsException again) {
            Path fresh = Files.createLink(arriving.resolve("name-" + id), content);
            Files.move(fresh, name, StandardCopyOption.ATOMIC_MOVE);
        }
        force(name.getParent());
    }

    /// A name that was given is durable once its folder is.
    private static void force(@Nullable Path folder) throws IOException {
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    InputStream open(MediaId id) throws IOException {
        return Files.newInputStream(path(id));
    }

    void drop(MediaId id) throws IOException {
        Files.deleteIfExists(path(id));
    }

    Path path(MediaId id) {
        String text = id.toString();
        return names.resolve(text.substring(text.length() - 2)).resolve(text);
    }

    Path names() {
        return names;
    }

    Path contents() {
        return contents;
    }

    Path arriving() {
        return arriving;
    }

    private Path content(String sha256) {
        return contents.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
