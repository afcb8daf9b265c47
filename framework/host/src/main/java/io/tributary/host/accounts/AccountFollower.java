package io.tributary.host.accounts;

import io.tributary.host.journal.Accounts.Account;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.spi.Channel;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the accounts of this member to what the journal says, where other members change it as
/// well: opens what was added, opens anew what was changed, closes what was removed.
///
/// Each account has its turn, in which its row is read again: so a change that this member made
/// itself is not repeated, and none is taken back by an older one. What cannot be opened is down,
/// says why, and is tried again when its row or its channel changes. Accounts of the file are left
/// alone. Thread safe.
public final class AccountFollower {

    private static final Logger LOG = LoggerFactory.getLogger(AccountFollower.class);

    private final AccountRegistry registry;
    private final AccountRecords records;
    private final AccountOpener opener;
    private final Channels channels;
    private final AccountTurns turns;

    /// Accounts whose rows could not be read.
    private final Set<AccountId> missed = ConcurrentHashMap.newKeySet();

    AccountFollower(
            AccountRegistry registry,
            AccountRecords records,
            AccountOpener opener,
            Channels channels,
            AccountTurns turns) {
        this.registry = registry;
        this.records = records;
        this.opener = opener;
        this.channels = channels;
        this.turns = turns;
    }

    /// Holds what is open against the journal, and begins to change what differs: one reading for
    /// all accounts, and opening happens beside.
    ///
    /// @throws JournalUnavailable nothing was begun
    public void follow() {
        var versions = records.versions();
        var differing = new HashSet<AccountId>();
        versions.forEach((id, version) -> {
            var entry = registry.entry(id);
            if (entry == null || (entry.declared() == null && entry.version() != version)) {
                differing.add(id);
            }
        });
        for (var entry : registry.entries()) {
            if (entry.declared() == null && !versions.containsKey(entry.id())) {
                differing.add(entry.id());
            }
        }
        differing.forEach(this::begin);
    }

    /// Does again what could not be done for want of the journal.
    public void followMissed() {
        if (!missed.isEmpty()) {
            follow();
        }
    }

    private void begin(AccountId id) {
        Thread.ofVirtual()
                .name("follow " + id)
                .inheritInheritableThreadLocals(false)
                .start(() -> {
                    try {
                        turns.of(id, () -> come(id));
                        missed.remove(id);
                    } catch (InterruptedException leaving) {
                        Thread.currentThread().interrupt();
                    } catch (JournalUnavailable away) {
                        missed.add(id);
                        LOG.warn("account {} is followed later: {}", id, away.getMessage());
                    } catch (RuntimeException failure) {
                        missed.add(id);
                        LOG.error("account {} could not be followed, trying again", id, failure);
                    }
                });
    }

    private boolean come(AccountId id) throws InterruptedException {
        var entry = registry.entry(id);
        if (entry != null && entry.declared() != null) {
            return false;
        }
        var row = records.find(id);
        if (row.isEmpty()) {
            if (entry != null) {
                LOG.info("account {} was removed by another member", id);
                registry.remove(id);
            }
            return false;
        }
        if (entry != null && entry.version() == row.get().version()) {
            return false;
        }
        LOG.info("account {} was {} by another member", id, entry == null ? "added" : "changed");
        open(row.get());
        return true;
    }

    /// What brings the account's channel may come or go while it is opened: whoever swapped the
    /// versions then has not seen the account.
    private void open(Account row) throws InterruptedException {
        Optional<Channel> before;
        do {
            before = channel(row.channel());
            registry.put(opener.open(row));
        } while (!same(before, channel(row.channel())));
    }

    private Optional<Channel> channel(ChannelId id) {
        return channels.find(id).map(Channels.Served::channel);
    }

    @SuppressWarnings("ReferenceEquality") // another version of the channel is another object
    private static boolean same(Optional<Channel> one, Optional<Channel> other) {
        return one.orElse(null) == other.orElse(null);
    }
}
