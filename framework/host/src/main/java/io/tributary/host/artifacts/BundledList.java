package io.tributary.host.artifacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// The jars that came with this host, by their SHA-256: a file that the distribution's build writes
/// beside the host's own jar. Whoever can change it can change the host as well.
public final class BundledList {

    /// One SHA-256 a line, and a name behind it, as `sha256sum` writes them.
    private static final String NAME = "bundled-plugins.sha256";

    private BundledList() {}

    /// What the list beside the host's jar says; nothing, where there is no list or no jar.
    public static Set<String> besideTheHost() {
        try {
            var source = BundledList.class.getProtectionDomain().getCodeSource();
            Path jar = Path.of(source.getLocation().toURI());
            return Files.isRegularFile(jar) ? read(jar.resolveSibling(NAME)) : Set.of();
        } catch (URISyntaxException odd) {
            throw new IllegalStateException("the host's jar has no place", odd);
        }
    }

    static Set<String> read(Path list) {
        if (!Files.exists(list)) {
            return Set.of();
        }
        try {
            Set<String> sha256s = new HashSet<>();
            for (String line : Files.readAllLines(list)) {
                String sha256 = line.split(" ", 2)[0];
                if (sha256.matches("[0-9a-f]{64}")) {
                    sha256s.add(sha256);
                }
            }
            return sha256s;
        } catch (IOException failure) {
            throw new UncheckedIOException("the list of bundled plugins cannot be read", failure);
        }
    }
}
