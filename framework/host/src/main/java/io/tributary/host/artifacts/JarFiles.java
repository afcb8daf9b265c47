package io.tributary.host.artifacts;

import io.tributary.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Takes a jar's bytes from the disk, once: everything afterwards looks at these bytes.
public final class JarFiles {

    /// The largest jar that is a plugin, in bytes.
    public static final int MOST_BYTES = 64 * 1024 * 1024;

    private JarFiles() {}

    /// @throws Rejected it cannot be read, or it is too large
    public static Bytes read(Path file) throws Rejected {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            refuseLarge(bytes.length);
            return Bytes.wrap(bytes);
        } catch (NoSuchFileException missing) {
            throw new Rejected("it is not there; look at its name");
        } catch (IOException unreadable) {
            throw new Rejected(
                    "it cannot be read ("
                            + unreadable.getClass().getSimpleName()
                            + "); may this user read it?");
        }
    }

    /// The SHA-256 that stands for a jar, whoever signed it: of its bytes with an empty comment.
    ///
    /// @throws Rejected whoever signed it, it would be refused
    public static String sha256(Bytes file) throws Rejected {
        return OpenedJar.open(file, "").manifest().sha256();
    }

    static void refuseLarge(int length) throws Rejected {
        if (length > MOST_BYTES) {
            throw new Rejected(
                    "it is larger than "
                            + MOST_BYTES / (1024 * 1024)
                            + " MB; leave out libraries that it does not need");
        }
    }
}
