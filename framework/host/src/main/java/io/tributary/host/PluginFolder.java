package io.tributary.host;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the plugins' jars are: as configured, or else in the distribution that this process was
/// started from.
final class PluginFolder {

    private PluginFolder() {}

    static Path of(@Nullable Path configured) {
        if (configured != null) {
            return configured;
        }
        String home = System.getProperty("tributary.home");
        return home == null ? Path.of("plugins") : Path.of(home, "plugins");
    }
}
