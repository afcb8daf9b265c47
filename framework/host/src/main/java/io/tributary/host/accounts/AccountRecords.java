package io.tributary.host.accounts;

import io.tributary.host.journal.Accounts.Account;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Unit;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// The rows of accounts that the API configured. Every change expects the row as it was read and
/// leaves a trace in the audit, both in one commit.
final class AccountRecords {

    private final Journal journal;

    AccountRecords(Journal journal) {
        this.journal = journal;
    }

    List<Account> all() {
        return journal.accounts().all();
    }

    Optional<Account> find(AccountId id) {
        return journal.accounts().byId(id);
    }

    Map<AccountId, Long> versions() {
        return journal.accounts().versions();
    }

    /// Stores an account.
    ///
    /// @param before the version that the row has; 0: there is none
    /// @return false if it has another one
    boolean put(Prepared prepared, boolean enabled, long before, String who, Instant at)
            throws InterruptedException {
        var id = prepared.id();
        var detail =
                "channel "
                        + channel(prepared)
                        + ", secrets set: "
                        + String.join(" ", prepared.stored().keySet());
        return commit(
                before,
                new Change.PutAccount(
                        id,
                        channel(prepared),
                        SettingsJson.text(prepared.config()),
                        StoredSecret.encode(prepared.stored()),
                        enabled,
                        at),
                new Change.AddAudit(
                        who,
                        before == 0 ? "account.add" : "account.change",
                        id.value(),
                        detail,
                        at),
                id);
    }

    /// The account's row, if it is still as it was put: another member may have changed it since.
    Optional<Account> asPut(Prepared prepared, boolean enabled) {
        return find(prepared.id())
                .filter(row ->
                        row.enabled() == enabled
                                && row.channel().equals(channel(prepared))
                                && row.config().equals(SettingsJson.text(prepared.config()))
                                && row.sealedSecrets()
                                        .equals(StoredSecret.encode(prepared.stored())));
    }

    /// Removes an account's row.
    ///
    /// @return false if it has another version than `before`
    boolean remove(AccountId id, long before, String who, Instant at) throws InterruptedException {
        return commit(
                before,
                new Change.RemoveAccount(id),
                new Change.AddAudit(who, "account.remove", id.value(), "", at),
                id);
    }

    /// How a row's account is to be opened again.
    static AccountDraft draft(Account stored) {
        return new AccountDraft(
                stored.channel(),
                Json.of(stored.config()),
                Map.of(),
                stored.enabled(),
                stored.version());
    }

    private boolean commit(long before, Change change, Change audit, AccountId id)
            throws InterruptedException {
        var unit = Unit.of(List.of(new Expect.AccountVersion(id, before)), List.of(change, audit));
        try {
            return switch (journal.append(unit).get()) {
                case Commit.Done _ -> true;
                case Commit.Stale _ -> false;
            };
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof JournalUnavailable unavailable) {
                throw unavailable;
            }
            throw new JournalUnavailable("the account could not be stored", failed);
        }
    }

    private static ChannelId channel(Prepared prepared) {
        return prepared.served().descriptor().id();
    }
}
