package io.tributary.host.accounts;

import io.tributary.host.secrets.MasterKeys;
import io.tributary.host.secrets.Reference;
import io.tributary.host.secrets.ReferenceRules;
import io.tributary.host.secrets.SecretsUnusable;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One secret as the journal keeps it.
///
/// All of an account's are one JSON object by dotted path: `{"sealed": …}`, `{"file": …}` or
/// `{"env": …}`. The names are readable without the master key.
sealed interface StoredSecret {

    /// What secrets are opened with.
    ///
    /// @param rules for those that are kept elsewhere
    record Means(MasterKeys keys, Map<String, String> environment, ReferenceRules rules) {}

    /// Its value now.
    ///
    /// @throws SecretsUnusable it cannot be opened, or is not where the reference says, or that is
    ///   out of reach
    String open(AccountId account, String path, Means means) throws SecretsUnusable;

    void describe(ObjectNode node);

    static StoredSecret seal(AccountId account, String path, String value, MasterKeys keys) {
        return new Sealed(keys.seal(Bytes.utf8(value), about(account, path)));
    }

    /// Bound to account and path: copied to another place, a sealed value does not open.
    private static String about(AccountId account, String path) {
        return "account " + account + " secret " + path;
    }

    static Bytes encode(Map<String, StoredSecret> secrets) {
        var object = SettingsJson.empty();
        secrets.forEach((path, secret) -> secret.describe(object.putObject(path)));
        return Bytes.utf8(SettingsJson.text(object));
    }

    /// Reads what [#encode] wrote.
    ///
    /// @throws IllegalArgumentException the journal holds something else
    static Map<String, StoredSecret> decode(Bytes stored) {
        var secrets = new LinkedHashMap<String, StoredSecret>();
        if (!stored.isEmpty()) {
            SettingsJson.object(stored.utf8(), "the stored secrets")
                    .forEachEntry((path, node) -> secrets.put(path, of(node)));
        }
        return secrets;
    }

    private static StoredSecret of(JsonNode node) {
        if (node.has("file")) {
            return new At(new Reference.File(Path.of(node.path("file").asString(""))));
        }
        if (node.has("env")) {
            return new At(new Reference.Environment(node.path("env").asString("")));
        }
        var sealed = Base64.getDecoder().decode(node.path("sealed").asString(""));
        return new Sealed(Bytes.wrap(sealed));
    }

    record Sealed(Bytes value) implements StoredSecret {

        @Override
        public String open(AccountId account, String path, Means means) throws SecretsUnusable {
            return means.keys().open(value, about(account, path)).utf8();
        }

        @Override
        public void describe(ObjectNode node) {
            node.put("sealed", Base64.getEncoder().encodeToString(value.toArray()));
        }
    }

    record At(Reference reference) implements StoredSecret {

        @Override
        public String open(AccountId account, String path, Means means) throws SecretsUnusable {
            means.rules().check(reference);
            return reference.resolve(means.environment());
        }

        @Override
        public void describe(ObjectNode node) {
            switch (reference) {
                case Reference.File(var path) -> node.put("file", path.toString());
                case Reference.Environment(var name) -> node.put("env", name);
            }
        }
    }
}
