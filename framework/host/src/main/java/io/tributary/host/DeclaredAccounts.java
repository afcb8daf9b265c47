package io.tributary.host;

import io.tributary.host.accounts.AccountDraft;
import io.tributary.host.accounts.Accounts;
import io.tributary.host.accounts.DeclaredAccount;
import io.tributary.host.accounts.GivenSecret;
import io.tributary.host.accounts.SettingsProblem;
import io.tributary.host.configuration.Configuration;
import io.tributary.host.configuration.Misconfigured;
import io.tributary.host.configuration.Mistake;
import io.tributary.host.configuration.Place;
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
                .forEach((id, account) -> declared.add(new DeclaredAccount(id, draft(account))));
        return declared;
    }

    /// Holds each against its channel, as the file was held against its schema.
    ///
    /// @throws Misconfigured with every mistake in every account, and where it stands
    static void check(Configuration configuration, Accounts accounts)
            throws Misconfigured, InterruptedException {
        List<Mistake> mistakes = new ArrayList<>();
        for (var each : configuration.accounts().entrySet()) {
            Configuration.Account account = each.getValue();
            for (SettingsProblem problem : accounts.problems(each.getKey(), draft(account))) {
                mistakes.add(
                        new Mistake(
                                place(account, problem.pointer()),
                                "accounts." + each.getKey() + problem.pointer().replace('/', '.'),
                                problem.text()));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new Misconfigured(mistakes);
        }
    }

    /// Where the key stands, or the nearest of those around it.
    private static Place place(Configuration.Account account, String pointer) {
        for (String outer = pointer;
                !outer.isEmpty();
                outer = outer.substring(0, outer.lastIndexOf('/'))) {
            Place place = account.places().get(outer);
            if (place != null) {
                return place;
            }
        }
        return account.place();
    }

    private static AccountDraft draft(Configuration.Account account) {
        return AccountDraft.of(
                account.channel(), Json.of(account.config()), secrets(account.secrets()));
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
