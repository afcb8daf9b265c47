package io.tributary.host;

import io.tributary.host.accounts.Channels;
import io.tributary.host.plugins.LoadedChannel;
import io.tributary.host.plugins.Plugins;
import io.tributary.model.ChannelId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The channels of the loaded plugins, as accounts look for them.
final class LoadedChannels implements Channels {

    private final Plugins plugins;

    LoadedChannels(Plugins plugins) {
        this.plugins = plugins;
    }

    @Override
    public Optional<Served> find(ChannelId id) {
        return Optional.ofNullable(plugins.channels().get(id)).map(LoadedChannels::served);
    }

    @Override
    public List<Served> all() {
        return plugins.channels().values().stream()
                .map(LoadedChannels::served)
                .sorted(Comparator.comparing(each -> each.descriptor().id().value()))
                .toList();
    }

    static Served served(LoadedChannel channel) {
        return new Served(
                channel.channel(),
                channel.descriptor(),
                channel.plugin(),
                channel.entitlements(),
                channel.calls());
    }
}
