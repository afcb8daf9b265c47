package io.tributary.host;

import io.tributary.host.accounts.AccountDraft;
import io.tributary.host.accounts.DeclaredAccount;
import io.tributary.host.accounts.GivenSecret;
import io.tributary.host.configuration.Configuration;
import io.tributary.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The accounts of `tributary.yaml`, as the accounts room takes them.
final class DeclaredAccounts {

    private DeclaredAccounts() {}

    static List<DeclaredAccount> of(Configuration configuration) {
        List<DeclaredAccount> declared = new ArrayList<>();
        configuration
                .accounts()
                .forEach((id, account) ->
                        declared.add(
                                new DeclaredAccount(
                                        id,
                                        AccountDraft.of(
                                                account.channel(),
                                                Json.of(account.config()),
                                                secrets(account.secrets())))));
        return declared;
    }

    private static Map<String, GivenSecret> secrets(
            Map<String, Configuration.SecretSource> sources) {
        Map<String, GivenSecret> secrets = new LinkedHashMap<>();
        sources.forEach((name, source) -> secrets.put(name, secret(source)));
        return secrets;
    }

    private static GivenSecret secret(Configuration.SecretSource source) {
        return switch (source) {
            case Configuration.SecretSource.FromFile(var file) -> GivenSecret.file(file);
            case Configuration.SecretSource.FromEnvironment(var variable) ->
                    GivenSecret.environment(variable);
            case Configuration.SecretSource.Plain(var text) -> new GivenSecret.Value(text);
        };
    }
}
