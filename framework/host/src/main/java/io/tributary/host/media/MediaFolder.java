package io.tributary.host.media;

import io.tributary.model.MediaId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files of media. Thread safe; blocking.
///
/// Bytes lie once, under their SHA-256 (`by-content`). Each medium is one more name for them
/// (`by-id`, a hard link), so the number of a file's names tells whether anybody still refers to
/// it.
final class MediaFolder {

    private static final int BUFFER = 64 * 1024;
    private static final String NAMES = "by-id";

    private final Path contents;
    private final Path names;
    private final Path arriving;

    /// @param type as [MediaType] says
    record Kept(String type, long bytes, String sha256) {}

    MediaFolder(Path folder) throws IOException {
        this.contents = Files.createDirectories(folder.resolve("by-content"));
        this.names = Files.createDirectories(folder.resolve(NAMES));
        this.arriving = Files.createDirectories(folder.resolve("arriving"));
    }

    /// Keeps what the stream holds, durably: when this returns it survives a crash.
    ///
    /// @throws TooLong there are more bytes than `limit`; nothing was kept
    Kept keep(MediaId id, InputStream stream, @Nullable String declared, long limit)
            throws IOException {
        Path file = arriving(id);
        try {
            Kept kept = write(file, stream, declared, limit);
            publish(file, kept.sha256(), id);
            return kept;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /// What lies under a medium's name, looked at anew; empty: nothing does.
    Optional<Kept> kept(MediaId id, @Nullable String declared) throws IOException {
        try (var stream = new DigestInputStream(Files.newInputStream(path(id)), sha256())) {
            byte[] head = stream.readNBytes(MediaType.HEAD);
            long bytes = head.length + stream.transferTo(OutputStream.nullOutputStream());
            return Optional.of(
                    new Kept(
                            MediaType.of(head, declared),
                            bytes,
                            HexFormat.of().formatHex(stream.getMessageDigest().digest())));
        } catch (NoSuchFileException nothing) {
            return Optional.empty();
        }
    }

    /// Keeps what was kept elsewhere before, durably.
    ///
    /// @param writing writes bytes of that digest, or throws
    void bring(MediaId id, String sha256, Writing writing) throws IOException {
        Path file = arriving(id);
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                writing.to(Channels.newOutputStream(channel));
                channel.force(true);
            }
            publish(file, sha256, id);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /// Writes a file.
    @FunctionalInterface
    interface Writing {
        void to(OutputStream stream) throws IOException;
    }

    /// Whether the medium's file is here and is the one with this digest and length.
    boolean holds(MediaId id, String sha256, long bytes) throws IOException {
        Path name = path(id);
        Path content = content(sha256);
        return Files.exists(name)
                && Files.exists(content)
                && Files.isSameFile(name, content)
                && Files.size(content) == bytes;
    }

    private Path arriving(MediaId id) {
        return arriving.resolve(id + "-" + Long.toHexString(System.nanoTime()));
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
        boolean named = false;
        while (!named) {
            boolean moved = !Files.exists(content) || Files.size(content) != Files.size(file);
            if (moved) {
                Files.move(file, content, StandardCopyOption.ATOMIC_MOVE);
                force(content.getParent());
            }
            try {
                name(content, id);
                named = true;
            } catch (NoSuchFileException cleared) {
                // nobody else referred to it, and it was cleared away just now: ours takes its
                // place
                if (moved || Files.exists(content)) {
                    throw cleared;
                }
            }
        }
    }

    private void name(Path content, MediaId id) throws IOException {
        Path name = path(id);
        Files.createDirectories(name.getParent());
        try {
            Files.createLink(name, content);
        } catch (FileAlreadyExistsException again) {
            Path fresh =
                    Files.createLink(
                            arriving.resolve("name-" + arriving(id).getFileName()), content);
            Files.move(fresh, name, StandardCopyOption.ATOMIC_MOVE);
            // of two names for one file a move leaves both
            Files.deleteIfExists(fresh);
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

    void drop(MediaId id) throws IOException {
        Files.deleteIfExists(path(id));
    }

    /// Drops a medium's file, and the bytes where no other medium has the same.
    void letGo(MediaId id, String sha256) throws IOException {
        Path content = content(sha256);
        Files.deleteIfExists(path(id));
        if (Files.exists(content) && nameless(content)) {
            Files.deleteIfExists(content);
        }
    }

    /// Whether no medium refers to the bytes.
    static boolean nameless(Path content) throws IOException {
        return ((Number) Files.getAttribute(content, "unix:nlink")).intValue() <= 1;
    }

    /// Where the file of a medium is named in a folder of media, if it is there.
    static Path path(Path folder, MediaId id) {
        return named(folder.resolve(NAMES), id);
    }

    Path path(MediaId id) {
        return named(names, id);
    }

    private static Path named(Path names, MediaId id) {
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

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
