package io.tributary.host.artifacts;

import io.tributary.model.PluginVersion;
import java.util.List;

/// What a plugin's jar says of itself, and what its signer puts a name to.
///
/// @param sha256 of the jar with an empty comment, in lower-case hexadecimal digits
/// @param channels ids of the channels it brings; empty: not said, which only unsigned jars may
/// @param entitlements what it is to be allowed beyond what every plugin may
/// @param identities types of identities that it may vouch for
/// @param secrets names of the secrets that its accounts need
public record PluginManifest(
        PluginVersion plugin,
        SpiRange spi,
        String sha256,
        List<String> channels,
        List<String> entitlements,
        List<String> identities,
        List<String> secrets) {

    /// Keeps copies.
    public PluginManifest {
        channels = List.copyOf(channels);
        entitlements = List.copyOf(entitlements);
        identities = List.copyOf(identities);
        secrets = List.copyOf(secrets);
    }
}
