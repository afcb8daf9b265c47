package io.tributary.host.accounts;

import io.tributary.host.journal.Accounts.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is set of an account already, and may be left out of a change.
///
/// @param secrets by dotted path
/// @param config the settings that they were given with; null: the draft's own
record Kept(Map<String, StoredSecret> secrets, @Nullable String config) {

    static final Kept NONE = with(Map.of());

    Kept {
        secrets = Map.copyOf(secrets);
    }

    /// Secrets of the very settings that are being opened.
    static Kept with(Map<String, StoredSecret> secrets) {
        return new Kept(secrets, null);
    }

    /// What the journal has of an account that is being changed.
    static Kept of(Account stored) {
        try {
            return new Kept(StoredSecret.decode(stored.sealedSecrets()), stored.config());
        } catch (IllegalArgumentException broken) {
            // They have to be given again; the schema says which ones are missing.
            return NONE;
        }
    }

    /// The settings that name another address now than when the secrets were given. Whoever may
    /// change an account, but does not know its secrets, would else have them sent to where they
    /// like.
    ///
    /// @return names for a message; empty: none did
    List<String> movedTo(ObjectNode now, SettingsSchema schema) {
        if (config == null || secrets.isEmpty()) {
            return List.of();
        }
        var before = addresses(SettingsJson.object(config, "the stored settings"), schema);
        var after = addresses(now, schema);
        var moved = new ArrayList<String>();
        before.forEach((path, address) -> {
            if (!address.equals(after.get(path))) {
                moved.add(path);
            }
        });
        after.keySet().stream().filter(path -> !before.containsKey(path)).forEach(moved::add);
        return List.copyOf(moved);
    }

    /// By dotted path: what the schema calls an address, and whatever looks like one.
    private static Map<String, String> addresses(ObjectNode settings, SettingsSchema schema) {
        var addresses = new TreeMap<String, String>();
        collect(settings, "", schema.addresses(), addresses);
        return addresses;
    }

    private static void collect(
            JsonNode node, String path, SchemaPaths declared, Map<String, String> addresses) {
        if (node.isObject()) {
            node.forEachEntry(
                    (name, below) -> collect(below, join(path, name), declared, addresses));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), join(path, Integer.toString(i)), declared, addresses);
            }
        } else if (node.isString()
                && (node.stringValue().contains("://") || declared.contains(path))) {
            addresses.put(path, node.stringValue());
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + '.' + name;
    }
}
