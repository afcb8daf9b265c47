package io.tributary.host.accounts;

import io.tributary.host.calls.Calls;
import io.tributary.host.journal.Change.PutState;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.PluginState;
import io.tributary.host.journal.Unit;
import io.tributary.model.AccountId;
import io.tributary.spi.NotStored;
import io.tributary.spi.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An account's small store in the journal. While the journal works, the clock of the plugin's call
/// stands still.
final class AccountState implements State {

    private static final int MOST_CHANGES = 1_000;

    private final AccountId account;
    private final Journal journal;
    private final Calls calls;
    private final Lease lease;

    AccountState(AccountId account, Journal journal, Calls calls, Lease lease) {
        this.account = account;
        this.journal = journal;
        this.calls = calls;
        this.lease = lease;
    }

    @Override
    public @Nullable Entry read(String key) {
        return reading(state -> state.read(account, key).filter(AccountState::isTheirs))
                .map(AccountState::entry)
                .orElse(null);
    }

    @Override
    public List<Entry> list(String prefix) {
        return reading(state ->
                state.list(account, prefix).stream()
                        .filter(AccountState::isTheirs)
                        .map(AccountState::entry)
                        .toList());
    }

    @Override
    public void write(Change... changes) throws NotStored {
        lease.check();
        if (changes.length == 0) {
            return;
        }
        if (changes.length > MOST_CHANGES) {
            throw new IllegalArgumentException(
                    changes.length + " changes at once, at most " + MOST_CHANGES);
        }
        var expects = new ArrayList<Expect>();
        var puts = new ArrayList<io.tributary.host.journal.Change>();
        for (var change : changes) {
            if (change.expected() != Change.ANY) {
                expects.add(new Expect.StateVersion(account, change.key(), change.expected()));
            }
            puts.add(new PutState(account, change.key(), change.value(), change.lasts()));
        }
        switch (commit(Unit.of(expects, puts))) {
            case Commit.Done _ -> {}
            case Commit.Stale _ ->
                    throw new NotStored(
                            NotStored.Why.CONFLICT,
                            "state was changed by somebody else meanwhile: read it again");
        }
    }

    private Commit commit(Unit unit) throws NotStored {
        try (var _ = calls.pause()) {
            return journal.append(unit).get();
        } catch (ExecutionException failed) {
            throw new NotStored(NotStored.Why.UNAVAILABLE, "the store cannot be written now");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new NotStored(
                    NotStored.Why.UNAVAILABLE, "interrupted: it may or may not be stored");
        }
    }

    private <T> T reading(Function<PluginState, T> question) {
        lease.check();
        try (var _ = calls.pause()) {
            return question.apply(journal.pluginState());
        } catch (JournalUnavailable unavailable) {
            throw new UncheckedIOException(new IOException("the store cannot be read now"));
        }
    }

    /// A plugin that clears its state leaves what the host counts.
    private static boolean isTheirs(PluginState.Entry stored) {
        return !stored.key().startsWith(RESERVED);
    }

    private static Entry entry(PluginState.Entry stored) {
        return new Entry(stored.key(), stored.value(), stored.version());
    }
}
