package io.tributary.host.plugins;

import io.tributary.model.ChannelId;
import io.tributary.model.PluginVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultVersionManager;

/// One plugin jar, looked over without running anything of it.
///
/// @param version as its manifest says
record Artifact(Path file, PluginVersion version) {

    private static final String VERSIONS = "META-INF/versions/";
    private static final List<String> NATIVE = List.of(".so", ".dll", ".dylib", ".jnilib");
    private static final List<String> SHARED =
            List.of(
                    "io/tributary/spi/",
                    "io/tributary/model/",
                    "io/tributary/json/",
                    "io/tributary/host/");

    static Artifact read(Path file) throws Refused {
        try (var jar = new JarFile(file.toFile())) {
            var manifest = jar.getManifest();
            if (manifest == null) {
                throw new Refused("it has no manifest, so it is not a plugin");
            }
            var version = version(manifest);
            for (var entries = jar.entries(); entries.hasMoreElements(); ) {
                refuseEntry(entries.nextElement());
            }
            return new Artifact(file, version);
        } catch (IOException | SecurityException broken) {
            throw new Refused("it is no readable jar; copy it again");
        }
    }

    String fileName() {
        return String.valueOf(file.getFileName());
    }

    /// Compares versions as semantic versions do: `1.10.0` is later than `1.9.0` and than
    /// `1.10.0-rc1`.
    boolean isLaterThan(Artifact other) {
        return new DefaultVersionManager()
                        .compareVersions(version.version(), other.version.version())
                > 0;
    }

    private static PluginVersion version(Manifest manifest) throws Refused {
        var attributes = manifest.getMainAttributes();
        var id = need(attributes, "Plugin-Id", "pager");
        var version = need(attributes, "Plugin-Version", "1.4.0");
        var spi = SpiVersion.parse(need(attributes, "Tributary-Spi", SpiVersion.OURS.toString()));
        refuseShapes(id, version);
        if (!SpiVersion.OURS.serves(spi)) {
            throw new Refused(
                    "it was built against SPI "
                            + spi
                            + ", this host offers "
                            + SpiVersion.OURS
                            + "; get a version of the plugin that fits");
        }
        refuseOthers(attributes, "Class-Path", "put the libraries it needs into the jar");
        refuseOthers(attributes, "Plugin-Dependencies", "plugins do not use each other");
        return new PluginVersion(id, version);
    }

    private static String need(Attributes attributes, String name, String example) throws Refused {
        @Nullable String value = attributes.getValue(name);
        if (value == null || value.isBlank()) {
            throw new Refused(
                    "its manifest lacks " + name + "; add it, such as " + name + ": " + example);
        }
        return value.strip();
    }

    private static void refuseShapes(String id, String version) throws Refused {
        try {
            // The same shape as a channel's: it goes into paths, metrics and thread names.
            var _ = new ChannelId(id);
        } catch (IllegalArgumentException wrong) {
            throw new Refused(
                    "its Plugin-Id must be 1 to 63 lower-case letters, digits and dashes");
        }
        try {
            var _ = new DefaultVersionManager().compareVersions(version, "1.0.0");
        } catch (RuntimeException wrong) {
            throw new Refused(
                    "its Plugin-Version is " + version + "; it must be one such as 1.4.0");
        }
    }

    private static void refuseOthers(Attributes attributes, String name, String remedy)
            throws Refused {
        if (attributes.getValue(name) != null) {
            throw new Refused("its manifest has " + name + ", which is not allowed; " + remedy);
        }
    }

    private static void refuseEntry(JarEntry entry) throws Refused {
        var name = entry.getName();
        if (name.startsWith(VERSIONS)) {
            int slash = name.indexOf('/', VERSIONS.length());
            name = slash < 0 ? "" : name.substring(slash + 1);
        }
        for (var shared : SHARED) {
            if (name.startsWith(shared) && name.endsWith(".class")) {
                throw new Refused(
                        "it contains "
                                + name
                                + ", which the host provides; declare channel-spi with scope"
                                + " provided");
            }
        }
        var lower = name.toLowerCase(Locale.ROOT);
        for (var suffix : NATIVE) {
            if (lower.endsWith(suffix) || lower.contains(suffix + ".")) {
                throw new Refused(
                        "it contains the native library "
                                + name
                                + ", which cannot be taken out of memory again; use a pure Java"
                                + " library");
            }
        }
    }
}
