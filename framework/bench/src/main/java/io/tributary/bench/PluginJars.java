package io.tributary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Jars of the project's own plugins that the distribution does not bring.
final class PluginJars {

    private PluginJars() {}

    /// As the build left it.
    static Path of(Path project, String plugin) throws IOException {
        Path target = project.resolve("plugins").resolve(plugin).resolve("target");
        if (Files.isDirectory(target)) {
            try (var jars = Files.newDirectoryStream(target, plugin + "-[0-9]*.jar")) {
                for (Path each : jars) {
                    return each;
                }
            }
        }
        throw new IOException("plugins/" + plugin + " is not built");
    }
}
