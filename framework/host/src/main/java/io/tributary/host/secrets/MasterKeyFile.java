package io.tributary.host.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The file `master.key` in the data folder: one key per line in base64, the first seals. Only its
/// owner may read it.
final class MasterKeyFile {

    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final long LARGEST = 16 * 1024;

    private final Path file;

    MasterKeyFile(Path folder) {
        this.file = folder.resolve("master.key");
    }

    boolean exists() {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    List<MasterKey> read() throws SecretsUnusable {
        refuseForeignEyes();
        var keys = new ArrayList<MasterKey>();
        int line = 0;
        for (var text : text().lines().toList()) {
            line++;
            if (!text.isBlank()) {
                keys.add(MasterKey.parse(text, file + " line " + line));
            }
        }
        if (keys.isEmpty()) {
            throw new SecretsUnusable(
                    file + " is empty; restore it from a backup, sealed secrets need it");
        }
        return keys;
    }

    /// Makes the file with a new key, durable before it has its name.
    void make() throws SecretsUnusable {
        var bytes = new byte[MasterKey.BYTES];
        new SecureRandom().nextBytes(bytes);
        var text = Base64.getEncoder().encodeToString(bytes) + "\n";
        var unfinished = file.resolveSibling("master.key.new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(unfinished);
            Files.createFile(unfinished, ownerOnly());
            try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                var content = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            forceFolder();
        } catch (IOException failure) {
            throw new SecretsUnusable(
                    "cannot make " + file + ": " + failure.getMessage() + "; check the data folder",
                    failure);
        }
    }

    private String text() throws SecretsUnusable {
        try {
            if (Files.size(file) > LARGEST) {
                throw new SecretsUnusable(file + " is no master key: it is too large");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (SecretsUnusable tooLarge) {
            throw tooLarge;
        } catch (IOException failure) {
            throw new SecretsUnusable("cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }

    private void refuseForeignEyes() throws SecretsUnusable {
        if (!posix()) {
            return;
        }
        try {
            var given = Files.getPosixFilePermissions(file);
            if (!OWNER.containsAll(given)) {
                throw new SecretsUnusable(
                        file
                                + " may be read by others ("
                                + PosixFilePermissions.toString(given)
                                + "); `chmod 600` it, and if somebody may have read it, make a"
                                + " new key and set the accounts' secrets again");
            }
        } catch (SecretsUnusable refused) {
            throw refused;
        } catch (IOException failure) {
            throw new SecretsUnusable(
                    "cannot see who may read " + file + ": " + failure.getMessage(), failure);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
    }

    private boolean posix() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /// Without this the name may be gone after a power failure although the content is there.
    private void forceFolder() throws IOException {
        if (posix()) {
            try (var folder =
                    FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }
}
