package io.tributary.host.accounts;

import io.tributary.host.accounts.OpenAccounts.Found;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Accounts.Account;
import io.tributary.model.AccountId;
import io.tributary.model.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens accounts as they are configured already. What cannot be opened is down and says why.
final class AccountOpener {

    private static final Logger LOG = LoggerFactory.getLogger(AccountOpener.class);
    private static final Found OFF = new Found.Down("switched off");

    private final Surroundings surroundings;
    private final Preparation preparation;

    AccountOpener(Surroundings surroundings, Preparation preparation) {
        this.surroundings = surroundings;
        this.preparation = preparation;
    }

    AccountEntry open(DeclaredAccount declared) throws InterruptedException {
        var draft = declared.draft();
        var names = List.copyOf(draft.secrets().keySet());
        try {
            var prepared = preparation.prepare(declared);
            return AccountEntry.of(
                    declared,
                    Json.of(SettingsJson.text(prepared.config())),
                    List.copyOf(prepared.stored().keySet()),
                    found(prepared, draft.enabled()));
        } catch (Prepared.Wrong wrong) {
            // Which of these settings are secrets is known for sure only when all is well.
            return AccountEntry.of(
                    declared, Json.OBJECT, names, down(declared.id(), wrong.getMessage()));
        } catch (RuntimeException unexpected) {
            return AccountEntry.of(declared, Json.OBJECT, names, down(declared.id(), unexpected));
        }
    }

    AccountEntry open(Account stored) throws InterruptedException {
        List<String> names = List.of();
        try {
            var secrets = StoredSecret.decode(stored.sealedSecrets());
            names = List.copyOf(secrets.keySet());
            var draft = AccountRecords.draft(stored);
            var prepared = preparation.prepare(stored.id(), draft, Kept.with(secrets));
            return AccountEntry.of(stored, names, found(prepared, stored.enabled()));
        } catch (Prepared.Wrong wrong) {
            return AccountEntry.of(stored, names, down(stored.id(), wrong.getMessage()));
        } catch (RuntimeException unexpected) {
            return AccountEntry.of(stored, names, down(stored.id(), unexpected));
        }
    }

    /// The account as others find it, once it was opened.
    static Found found(ServingAccount account) {
        return new Found.Open(account);
    }

    static Found off() {
        return OFF;
    }

    private Found found(Prepared prepared, boolean enabled) throws InterruptedException {
        if (!enabled) {
            return OFF;
        }
        try {
            return found(ServingAccount.open(prepared, surroundings));
        } catch (PluginFailure failure) {
            return down(prepared.id(), Preparation.told(failure));
        }
    }

    /// Something that should not happen must not take the account out of sight.
    private static Found down(AccountId id, RuntimeException unexpected) {
        LOG.error("account {} could not be opened", id, unexpected);
        return new Found.Down(
                "could not be opened (" + unexpected.getClass().getSimpleName() + "): see the log");
    }

    private static Found down(AccountId id, @Nullable String why) {
        var text = why == null ? "" : why;
        LOG.warn("account {} is down: {}", id, text);
        return new Found.Down(text);
    }
}
