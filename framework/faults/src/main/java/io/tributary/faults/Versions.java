package io.tributary.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Further versions of a plugin of the distribution: the same code under another number, signed
/// with a key that a trust list names.
final class Versions {

    private final Launch launch;
    private final Path folder;
    private final Path original;
    private final String key;

    private Versions(Launch launch, Path folder, Path original, String key) {
        this.key = key;
        this.launch = launch;
        this.folder = folder;
        this.original = original;
    }

    /// Makes the key and the trust list.
    static Versions of(Launch launch, Path folder, String plugin)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        JsonNode made =
                new JsonMapper()
                        .readTree(
                                launch.run(
                                        "plugin",
                                        "keygen",
                                        folder.resolve("maker").toString(),
                                        "--json"));
        try (var jars = Files.list(launch.distribution().resolve("plugins"))) {
            Path original =
                    jars.filter(each -> each.getFileName().toString().startsWith(plugin))
                            .findFirst()
                            .orElseThrow(() -> new IOException("no jar of " + plugin));
            return new Versions(launch, folder, original, made.path("key").asString());
        }
    }

    /// The trust list, to be named by `plugins.trust`.
    Path trust() throws IOException {
        return Files.writeString(
                folder.resolve("trust.yaml"),
                "keys:\n  - key: " + key + "\n    plugins: [\"*\"]\n");
    }

    /// A jar of this version.
    Path jar(String version) throws IOException, InterruptedException {
        Path jar = folder.resolve("plugin-" + version + ".jar");
        try (var from = new JarFile(original.toFile())) {
            var manifest = new Manifest(from.getManifest());
            manifest.getMainAttributes().putValue("Plugin-Version", version);
            try (var to = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
                for (var entry : from.stream().toList()) {
                    if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        to.putNextEntry(new JarEntry(entry.getName()));
                        from.getInputStream(entry).transferTo(to);
                        to.closeEntry();
                    }
                }
            }
        }
        launch.run(
                "plugin", "sign", jar.toString(), "--key", folder.resolve("maker.key").toString());
        return jar;
    }
}
