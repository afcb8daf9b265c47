package io.tributary.host.accounts;

import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Accounts.Account;
import io.tributary.host.journal.Row;
import io.tributary.model.AccountId;
import io.tributary.spi.Channel;
import io.tributary.spi.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The configured accounts of this member, from the journal (configured by API) and from the
/// configuration file.
///
/// A change opens the new account first, then stores it, then puts it in the old one's place, and
/// closes the old one last; whatever fails before leaves the old one serving. Changes of one
/// account come one after another; finding is a single look-up. Methods that change accounts or ask
/// plugins block and belong on virtual threads.
public final class Accounts implements OpenAccounts, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
    private static final Duration CHECK_AT_MOST = Duration.ofSeconds(5);
    private static final Duration CLOSE_AT_MOST = Duration.ofSeconds(10);

    private final Surroundings surroundings;
    private final Preparation preparation;
    private final AccountOpener opener;
    private final AccountRecords records;
    private final AccountRegistry registry = new AccountRegistry();
    private final AccountTurns turns = new AccountTurns();
    private final AccountFollower follower;

    /// Accounts of which none is open yet.
    public Accounts(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.preparation = new Preparation(surroundings);
        this.opener = new AccountOpener(surroundings, preparation);
        this.records = new AccountRecords(surroundings.journal());
        this.follower =
                new AccountFollower(registry, records, opener, surroundings.channels(), turns);
    }

    /// Brings these accounts to what other members make of them.
    public AccountFollower follower() {
        return follower;
    }

    /// Opens all accounts, side by side. One that cannot be opened is down and says why. An account
    /// of the file goes before one of that name in the journal.
    public void open(Collection<DeclaredAccount> declared) throws InterruptedException {
        var names = declared.stream().map(DeclaredAccount::id).toList();
        var openings = new ArrayList<Thread>();
        for (var account : declared) {
            openings.add(opening(account.id(), () -> opener.open(account)));
        }
        for (var account : records.all()) {
            if (names.contains(account.id())) {
                LOG.warn(
                        "account {} of the configuration file hides the one set by API",
                        account.id());
            } else {
                openings.add(opening(account.id(), () -> opener.open(account)));
            }
        }
        for (var each : openings) {
            each.join();
        }
    }

    /// What is wrong with an account, without opening it; empty when nothing is.
    public List<SettingsProblem> problems(AccountId id, AccountDraft draft)
            throws InterruptedException {
        try {
            var _ = preparation.prepare(id, draft, Kept.NONE);
            return List.of();
        } catch (Prepared.Wrong wrong) {
            return wrong.problems();
        }
    }

    /// Adds or changes an account.
    ///
    /// @param who for the audit
    /// @throws io.tributary.host.journal.JournalUnavailable it could not be stored; the account is
    ///   as it was
    public Changed put(AccountId id, AccountDraft draft, String who) throws InterruptedException {
        return changing(id, _ -> store(id, draft, who));
    }

    /// Removes an account. Its interactions stay.
    ///
    /// @param expected the version to be removed; null: whichever there is
    /// @throws io.tributary.host.journal.JournalUnavailable it could not be removed; the account is
    ///   as it was
    public Changed remove(AccountId id, @Nullable Long expected, String who)
            throws InterruptedException {
        return changing(
                id,
                before -> {
                    var row = records.find(id);
                    if (row.isEmpty()) {
                        if (before != null) {
                            // another member was first
                            registry.remove(id);
                        }
                        return new Changed.Unknown();
                    }
                    long version = row.get().version();
                    var now = surroundings.clock().instant();
                    if ((expected != null && expected != version)
                            || !records.remove(id, version, who, now)) {
                        return conflict(id);
                    }
                    registry.remove(id);
                    return new Changed.Removed();
                });
    }

    /// Opens an account anew with the settings it has: for a new version of its plugin, or when a
    /// secret that lies elsewhere was replaced. If it cannot be opened the old one serves on.
    public Changed reopen(AccountId id) throws InterruptedException {
        return turns.of(
                id,
                () -> {
                    var before = registry.entry(id);
                    if (before == null) {
                        return new Changed.Unknown();
                    }
                    var after = anew(before);
                    if (after == null) {
                        registry.remove(id);
                        return new Changed.Unknown();
                    }
                    if (before.serving() != null
                            && after.found() instanceof Found.Down(String why)) {
                        return new Changed.NotOpened(why);
                    }
                    return done(after);
                });
    }

    /// Opens an account beside itself on another version of its channel, lets it be tried, and
    /// closes it. Nothing of the one that serves changes.
    ///
    /// @return why that version cannot serve it; empty when it can
    public Optional<String> trial(AccountId id, Channels.Served other, Trial trial)
            throws InterruptedException {
        var entry = registry.entry(id);
        if (entry == null) {
            return Optional.empty();
        }
        var beside = surroundings.showing(new OnlyChannel(other));
        var opening = new AccountOpener(beside, new Preparation(beside));
        var declared = entry.declared();
        var row = declared != null ? Optional.<Account>empty() : records.find(id);
        if (declared == null && row.isEmpty()) {
            return Optional.empty();
        }
        var tried = declared != null ? opening.open(declared) : opening.open(row.orElseThrow());
        var serving = tried.serving();
        if (serving == null) {
            return tried.found() instanceof Found.Down(String why)
                    ? Optional.of(why)
                    : Optional.empty();
        }
        try {
            return trial.of(serving);
        } finally {
            serving.close(Duration.ofSeconds(1), false);
        }
    }

    /// Something that is done with an account that does not serve.
    @FunctionalInterface
    public interface Trial {

        /// @return what went wrong
        Optional<String> of(OpenAccount account) throws InterruptedException;
    }

    /// The accounts that live on this very object, not on another version of the channel.
    public List<AccountId> livingOn(Channel channel) {
        return registry.livingOn(channel);
    }

    /// Waits until no account lives on the channel any more: those that were replaced are closed
    /// after their last call.
    ///
    /// @return false when one still does after `limit`
    public boolean awaitLeft(Channel channel, Duration limit) throws InterruptedException {
        return registry.awaitLeft(channel, limit);
    }

    /// The account as operators see it.
    public Optional<AccountView> view(AccountId id) {
        return Optional.ofNullable(registry.entry(id))
                .map(entry -> entry.view(surroundings.urls()));
    }

    /// All accounts, ordered by id.
    public List<AccountView> views() {
        return registry.entries().stream().map(each -> each.view(surroundings.urls())).toList();
    }

    /// Asks the account's provider whether it works, for up to 31 s; where the account cannot ask,
    /// how it is as far as is known. Empty: there is no such account.
    public Optional<Health> check(AccountId id) throws InterruptedException {
        var entry = registry.entry(id);
        if (entry == null) {
            return Optional.empty();
        }
        var serving = entry.serving();
        return Optional.of(
                serving == null
                        ? entry.view(surroundings.urls()).health()
                        : HealthCheck.now(serving));
    }

    @Override
    public Found find(AccountId id) {
        return registry.find(id);
    }

    @Override
    public Collection<OpenAccount> all() {
        return registry.all();
    }

    /// Tells `listener` of each account that was opened, replaced or removed, after it was. It must
    /// be short and finds the account as it is now by [#find].
    public void whenChanged(Consumer<AccountId> listener) {
        registry.whenChanged(listener);
    }

    /// Forgets what was known of conversations in which something happened; to be called after each
    /// commit. Cheap.
    public void committed(List<Row> rows) {
        registry.committed(rows);
    }

    /// Forgets what was known of all conversations: other members commit as well, and nobody tells.
    public void forgetCapabilities() {
        for (var entry : registry.entries()) {
            var serving = entry.serving();
            if (serving != null) {
                serving.forget();
            }
        }
    }

    /// Closes all accounts, side by side: each after its last call, but not later than `limit`.
    public void close(Duration limit) {
        registry.close(limit);
    }

    /// The same within ten seconds.
    @Override
    public void close() {
        close(CLOSE_AT_MOST);
    }

    private Changed store(AccountId id, AccountDraft draft, String who)
            throws InterruptedException {
        var stored = records.find(id);
        long version = stored.map(Account::version).orElse(0L);
        if (draft.expected() != null && draft.expected() != version) {
            return conflict(id);
        }
        @Nullable ServingAccount unused = null;
        try {
            var prepared = preparation.prepare(id, draft, kept(draft, stored));
            var found = AccountOpener.off();
            if (draft.enabled()) {
                unused = ServingAccount.open(prepared, surroundings);
                found = AccountOpener.found(unused);
                HealthCheck.within(CHECK_AT_MOST, unused);
            }
            var now = surroundings.clock().instant();
            if (!records.put(prepared, draft.enabled(), version, who, now)) {
                return conflict(id);
            }
            var row = records.asPut(prepared, draft.enabled());
            if (row.isEmpty()) {
                // another member changed it at once: what was opened here is not what is wanted
                follower.follow();
                return conflict(id);
            }
            var names = List.copyOf(prepared.stored().keySet());
            var entry = AccountEntry.of(row.get(), names, found);
            unused = null;
            return done(entry);
        } catch (Prepared.Wrong wrong) {
            return new Changed.Invalid(wrong.problems());
        } catch (PluginFailure failure) {
            return new Changed.NotOpened(Preparation.told(failure));
        } finally {
            if (unused != null) {
                unused.close(Duration.ZERO, false);
            }
        }
    }

    /// A version that ceased to serve while the account was opened with it is not to keep the
    /// account: whoever swapped the versions has not seen it there.
    private Changed done(AccountEntry opened) throws InterruptedException {
        registry.put(opened);
        var entry = opened;
        while (outdated(entry)) {
            var again = anew(entry);
            if (again == null) {
                registry.remove(entry.id());
                return new Changed.Unknown();
            }
            entry = again;
            registry.put(entry);
        }
        return new Changed.Done(entry.view(surroundings.urls()));
    }

    private boolean outdated(AccountEntry entry) {
        var serving = entry.serving();
        return serving != null
                && surroundings
                        .channels()
                        .find(entry.channel())
                        .filter(served -> serving.livesOn(served.channel()))
                        .isEmpty();
    }

    /// @return null: another member removed it
    private @Nullable AccountEntry anew(AccountEntry entry) throws InterruptedException {
        var declared = entry.declared();
        if (declared != null) {
            return opener.open(declared);
        }
        var row = records.find(entry.id());
        return row.isEmpty() ? null : opener.open(row.get());
    }

    /// Secrets that may be left out keep their value, but never go to another channel's code.
    private static Kept kept(AccountDraft draft, Optional<Account> stored) {
        return stored.filter(account -> account.channel().equals(draft.channel()))
                .map(Kept::of)
                .orElse(Kept.NONE);
    }

    private static Changed conflict(AccountId id) {
        return new Changed.Conflict(
                "account " + id + " was changed by somebody else meanwhile: look at it again");
    }

    /// Runs a change of an account that the API may change.
    private Changed changing(AccountId id, Change change) throws InterruptedException {
        return turns.of(
                id,
                () -> {
                    var before = registry.entry(id);
                    return before != null && before.declared() != null
                            ? new Changed.ReadOnly(
                                    "account "
                                            + id
                                            + " stands in the configuration file: change it there")
                            : change.make(before);
                });
    }

    private Thread opening(AccountId id, Opening opening) {
        return Thread.ofVirtual()
                .name("open " + id)
                .start(() -> {
                    try {
                        registry.put(opening.open());
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    @FunctionalInterface
    private interface Change {

        Changed make(@Nullable AccountEntry before) throws InterruptedException;
    }

    @FunctionalInterface
    private interface Opening {

        AccountEntry open() throws InterruptedException;
    }
}
