package io.tributary.host.artifacts;

import io.tributary.model.ChannelId;
import io.tributary.model.PluginVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// What `META-INF/MANIFEST.MF` of a plugin's jar says.
record JarManifest(Attributes attributes) {

    private static final String ID = "Plugin-Id";
    private static final String VERSION = "Plugin-Version";
    private static final String SPI = "Tributary-Spi";
    private static final String CHANNELS = "Tributary-Channels";
    private static final String ENTITLEMENTS = "Tributary-Entitlements";
    private static final String IDENTITIES = "Tributary-Identities";
    private static final String SECRETS = "Tributary-Secrets";

    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_NAMES = 64;
    private static final String NAME = "[A-Za-z0-9*][A-Za-z0-9._:*/-]{0,99}";

    static JarManifest read(JarContents contents) throws Rejected {
        var found =
                contents.find(JarFile.MANIFEST_NAME)
                        .orElseThrow(
                                () -> new Rejected("it has no manifest, so it is not a plugin"));
        if (found.size() > MOST_BYTES) {
            throw new Rejected("its manifest is larger than 64 kB; build it again with less");
        }
        try {
            var manifest = new Manifest(new ByteArrayInputStream(found.unpack()));
            return new JarManifest(manifest.getMainAttributes());
        } catch (IOException broken) {
            throw new Rejected("its manifest cannot be read; build it again");
        }
    }

    boolean multiRelease() {
        return "true".equalsIgnoreCase(attributes.getValue("Multi-Release"));
    }

    /// What it claims, checked for its form.
    ///
    /// @param sha256 of the jar that it is in
    PluginManifest claims(String sha256) throws Rejected {
        String id = need(ID, "pager");
        String version = need(VERSION, "1.4.0");
        String spi = need(SPI, SpiVersion.OURS.toString());
        refuseShapes(id, version);
        SpiRange range = range(spi);
        refuse("Class-Path", "put the libraries it needs into the jar");
        refuse("Plugin-Dependencies", "plugins do not use each other");
        refuse("Launcher-Agent-Class", "a plugin is no agent");
        refuse("Premain-Class", "a plugin is no agent");
        refuse("Agent-Class", "a plugin is no agent");
        return new PluginManifest(
                new PluginVersion(id, version),
                range,
                sha256,
                channels(),
                entitlements(),
                names(IDENTITIES),
                names(SECRETS));
    }

    private static SpiRange range(String spi) throws Rejected {
        SpiRange range;
        try {
            range = SpiRange.builtAgainst(SpiVersion.parse(spi));
        } catch (IllegalArgumentException wrong) {
            throw new Rejected(
                    "its manifest says Tributary-Spi: "
                            + Words.shown(spi)
                            + "; it must be two numbers, such as "
                            + SpiVersion.OURS);
        }
        if (!range.holds(SpiVersion.OURS)) {
            throw new Rejected(
                    "it was built against SPI "
                            + range.from()
                            + ", this host offers "
                            + SpiVersion.OURS
                            + "; get a version of the plugin that fits");
        }
        return range;
    }

    private List<String> channels() throws Rejected {
        List<String> channels = names(CHANNELS);
        for (String each : channels) {
            try {
                var _ = new ChannelId(each);
            } catch (IllegalArgumentException wrong) {
                throw new Rejected(
                        "its manifest says "
                                + CHANNELS
                                + ": "
                                + Words.shown(each)
                                + "; ids of channels are lower-case letters, digits and dashes");
            }
        }
        return channels;
    }

    /// What this host does not know it could not grant; whoever wrote it meant something by it.
    private List<String> entitlements() throws Rejected {
        List<String> asked = names(ENTITLEMENTS);
        for (String each : asked) {
            if (Entitlement.named(each).isEmpty()) {
                throw new Rejected(
                        "its manifest says "
                                + ENTITLEMENTS
                                + ": "
                                + Words.shown(each)
                                + ", which this host does not know; there are "
                                + Entitlement.all());
            }
        }
        return asked;
    }

    /// Names in one line, with spaces or commas between; in alphabetical order.
    private List<String> names(String attribute) throws Rejected {
        @Nullable String line = attributes.getValue(attribute);
        List<String> names = new ArrayList<>();
        for (String each : line == null ? new String[0] : line.strip().split("[ ,]+", -1)) {
            if (!each.isEmpty() && !names.contains(each)) {
                names.add(each);
            }
        }
        if (names.size() > MOST_NAMES || !names.stream().allMatch(each -> each.matches(NAME))) {
            throw new Rejected(
                    "its manifest's "
                            + attribute
                            + " must be names with spaces between, at most "
                            + MOST_NAMES);
        }
        names.sort(null);
        return names;
    }

    private String need(String name, String example) throws Rejected {
        @Nullable String value = attributes.getValue(name);
        if (value == null || value.isBlank()) {
            throw new Rejected(
                    "its manifest lacks " + name + "; add it, such as " + name + ": " + example);
        }
        return value.strip();
    }

    private static void refuseShapes(String id, String version) throws Rejected {
        try {
            // The same shape as a channel's: it goes into paths, metrics and thread names.
            var _ = new ChannelId(id);
        } catch (IllegalArgumentException wrong) {
            throw new Rejected(
                    "its Plugin-Id must be 1 to 63 lower-case letters, digits and dashes");
        }
        try {
            var _ = SemanticVersion.parse(version);
        } catch (IllegalArgumentException wrong) {
            throw new Rejected(
                    "its Plugin-Version is "
                            + Words.shown(version)
                            + "; it must be one such as 1.4.0");
        }
    }

    private void refuse(String name, String remedy) throws Rejected {
        if (attributes.getValue(name) != null) {
            throw new Rejected("its manifest has " + name + ", which is not allowed; " + remedy);
        }
    }
}
