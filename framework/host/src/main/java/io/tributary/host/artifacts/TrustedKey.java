package io.tributary.host.artifacts;

import java.security.PublicKey;
import java.util.List;

/// A public key, and the plugins that its owner may sign.
///
/// @param owner in words; may be empty
/// @param plugins ids, or beginnings of ids with a `*` behind
public record TrustedKey(PublicKey key, String owner, List<String> plugins) {

    /// Keeps copies.
    public TrustedKey {
        plugins = List.copyOf(plugins);
    }

    String id() {
        return SigningKeys.id(key);
    }

    boolean maySign(String plugin) {
        return plugins.stream()
                .anyMatch(each ->
                        each.endsWith("*")
                                ? plugin.startsWith(each.substring(0, each.length() - 1))
                                : plugin.equals(each));
    }
}
