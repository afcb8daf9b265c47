package io.tributary.host;

import io.tributary.host.accounts.AccountView;
import io.tributary.host.accounts.Accounts;
import io.tributary.host.accounts.Changed;
import io.tributary.host.accounts.OpenAccounts.Found;
import io.tributary.host.plugins.LoadedChannel;
import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.host.rollouts.Hosted;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.spi.Health;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The member's accounts, as whoever changes a plugin's version sees them.
final class HostedAccounts implements Hosted {

    private final Accounts accounts;
    private final Accounts.Trial trial;
    private final List<AccountId> first;

    /// @param trial what an account has to show on another version
    /// @param first are moved before all others
    HostedAccounts(Accounts accounts, Accounts.Trial trial, List<AccountId> first) {
        this.accounts = accounts;
        this.trial = trial;
        this.first = List.copyOf(first);
    }

    @Override
    public List<AccountId> of(Set<ChannelId> channels) {
        List<AccountId> all = ids(channels, AccountView::enabled);
        return Stream.concat(
                        first.stream().filter(all::contains),
                        all.stream().filter(each -> !first.contains(each)))
                .toList();
    }

    @Override
    public List<AccountId> configured(Set<ChannelId> channels) {
        return ids(channels, _ -> true);
    }

    @Override
    public Optional<String> trial(AccountId account, LoadedChannel channel)
            throws InterruptedException {
        return serves(account)
                ? accounts.trial(account, LoadedChannels.served(channel), trial)
                : Optional.empty();
    }

    @Override
    public Optional<String> move(AccountId account) throws InterruptedException {
        return accounts.reopen(account) instanceof Changed.NotOpened(String why)
                ? Optional.of(why)
                : Optional.empty();
    }

    @Override
    public List<AccountId> livingOn(LoadedPlugin plugin) {
        return plugin.channels().stream()
                .flatMap(channel -> accounts.livingOn(channel.channel()).stream())
                .toList();
    }

    @Override
    public Optional<String> unwell(AccountId account) {
        if (!accounts.view(account).map(AccountView::enabled).orElse(false)) {
            return Optional.empty();
        }
        return switch (accounts.find(account)) {
            case Found.Unknown _ -> Optional.empty();
            case Found.Down(String why) -> Optional.of(why);
            case Found.Open(var open) ->
                    Optional.of(open.health())
                            .filter(health ->
                                    health.state() == Health.State.DOWN
                                            || health.state() == Health.State.STOPPED)
                            .map(Health::text);
        };
    }

    @Override
    public void awaitLeft(LoadedPlugin plugin, Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        for (var channel : plugin.channels()) {
            long left = Math.max(0, until - System.nanoTime());
            var _ = accounts.awaitLeft(channel.channel(), Duration.ofNanos(left));
        }
    }

    private boolean serves(AccountId account) {
        return accounts.find(account) instanceof Found.Open;
    }

    private List<AccountId> ids(Set<ChannelId> channels, Predicate<AccountView> which) {
        return accounts.views().stream()
                .filter(each -> channels.contains(each.channel()))
                .filter(which)
                .map(AccountView::id)
                .toList();
    }
}
