package io.tributary.host.workshop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// A folder that Maven takes for a repository, with the modules that channels are built against.
///
/// Versions that are no releases bear the time at which they were built: otherwise Maven would take
/// what it once took from here for ever, whatever is here now.
public final class MavenRepository {

    private static final String GROUP = "io.tributary";
    private static final String SNAPSHOT = "-SNAPSHOT";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd.HHmmss").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final String version;

    /// @param version of all modules
    public MavenRepository(Path folder, String version) {
        this.folder = folder;
        this.version = version;
    }

    /// Writes all of them, and over what is there.
    public void write(List<PublishedModule> modules) throws IOException {
        for (PublishedModule each : modules) {
            write(each);
        }
    }

    private void write(PublishedModule module) throws IOException {
        Path place =
                Files.createDirectories(
                        folder.resolve(GROUP.replace('.', '/'))
                                .resolve(module.artifact())
                                .resolve(version));
        clear(place);
        String shown = version;
        if (version.endsWith(SNAPSHOT)) {
            String stamp = STAMP.format(Files.getLastModifiedTime(module.jar()).toInstant());
            shown = version.substring(0, version.length() - SNAPSHOT.length()) + "-" + stamp + "-1";
            put(
                    place.resolve("maven-metadata.xml"),
                    metadata(module, stamp, shown).getBytes(StandardCharsets.UTF_8));
        }
        String name = module.artifact() + "-" + shown;
        put(place.resolve(name + ".jar"), Files.readAllBytes(module.jar()));
        put(place.resolve(name + ".pom"), Files.readAllBytes(module.pom()));
    }

    /// What an earlier build left would be carried along for ever.
    private static void clear(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
    }

    private String metadata(PublishedModule module, String stamp, String shown) {
        String updated = stamp.replace(".", "");
        var files = new StringBuilder();
        for (String extension : new String[] {"jar", "pom"}) {
            files.append("      <snapshotVersion><extension>")
                    .append(extension)
                    .append("</extension><value>")
                    .append(shown)
                    .append("</value><updated>")
                    .append(updated)
                    .append("</updated></snapshotVersion>\n");
        }
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <metadata modelVersion="1.1.0">
          <groupId>%s</groupId>
          <artifactId>%s</artifactId>
          <version>%s</version>
          <versioning>
            <snapshot><timestamp>%s</timestamp><buildNumber>1</buildNumber></snapshot>
            <lastUpdated>%s</lastUpdated>
            <snapshotVersions>
        %s    </snapshotVersions>
          </versioning>
        </metadata>
        """
                .formatted(GROUP, module.artifact(), version, stamp, updated, files);
    }

    private static void put(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        Files.writeString(Path.of(file + ".sha1"), sha1(bytes));
    }

    /// Maven asks for no better sum.
    private static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
