package io.tributary.host.accounts;

import io.tributary.host.secrets.HeldSecret;
import io.tributary.model.AccountId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// An account whose settings are checked and whose secrets are at hand: ready to be opened.
///
/// @param config without secrets; nobody changes it
/// @param stored the secrets as they are kept
/// @param values the secrets themselves
record Prepared(
        AccountId id,
        Channels.Served served,
        ObjectNode config,
        Map<String, StoredSecret> stored,
        Map<String, String> values) {

    AccountSettings settings(Lease lease) {
        var held = new LinkedHashMap<String, HeldSecret>();
        values.forEach((path, value) -> held.put(path, new HeldSecret(value)));
        return new AccountSettings(config, held, lease);
    }

    /// The account, without settings.
    @Override
    public String toString() {
        return "Prepared[" + id + "]";
    }

    /// Settings that cannot be used, with every mistake that was found.
    static final class Wrong extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient List<SettingsProblem> problems;

        Wrong(List<SettingsProblem> problems) {
            super(SettingsProblem.told(problems), null, false, false);
            this.problems = List.copyOf(problems);
        }

        List<SettingsProblem> problems() {
            return problems;
        }
    }
}
