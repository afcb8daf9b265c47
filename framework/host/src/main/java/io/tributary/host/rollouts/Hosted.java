package io.tributary.host.rollouts;

import io.tributary.host.plugins.LoadedChannel;
import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The accounts that live on plugins, as whoever changes a plugin's version needs them. All methods
/// block and are thread safe.
public interface Hosted {

    /// The accounts of these channels that are to serve, in the order in which they are moved.
    List<AccountId> of(Set<ChannelId> channels);

    /// Opens the account with another version beside the one that serves, lets it show that it
    /// understands what was kept of the account, and closes it again.
    ///
    /// @return why that version cannot serve the account; empty when it can
    Optional<String> trial(AccountId account, LoadedChannel channel) throws InterruptedException;

    /// Opens the account anew with the version that its channel has now, and puts it in the old
    /// one's place.
    ///
    /// @return why the old one still serves; empty when it was moved
    Optional<String> move(AccountId account) throws InterruptedException;

    /// The accounts that live on this very version now.
    List<AccountId> livingOn(LoadedPlugin plugin);

    /// Why the account does not serve although it is to; empty while it does, or is switched off.
    Optional<String> unwell(AccountId account);

    /// Waits until the last calls of accounts that left the version are over, or `limit` is.
    void awaitLeft(LoadedPlugin plugin, Duration limit) throws InterruptedException;

    /// All accounts of these channels, also those that are switched off, down or stopped.
    List<AccountId> configured(Set<ChannelId> channels);
}
