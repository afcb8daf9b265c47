package io.tributary.model;

/// Which plugin, and which version of it.
///
/// @param id as its jar's manifest says, such as `pager`
/// @param version as its jar's manifest says, such as `1.4.0`
public record PluginVersion(String id, String version) {

    /// Refuses empty values.
    public PluginVersion {
        Check.filled(id, "the id of a plugin");
        Check.filled(version, "the version of a plugin");
    }

    @Override
    public String toString() {
        return id + " " + version;
    }
}
