package io.tributary.host.accounts;

import io.tributary.host.artifacts.Entitlements;
import io.tributary.host.calls.Calls;
import io.tributary.model.ChannelId;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;
import java.util.List;
import java.util.Optional;

/// Which channels there are right now. The host puts whatever plugins are loaded behind it; asked
/// anew each time an account is opened, so a new version takes effect at the next opening.
public interface Channels {

    /// The channel in the version that serves now.
    Optional<Served> find(ChannelId id);

    /// All of them, ordered by id.
    List<Served> all();

    /// One channel of one loaded plugin version.
    ///
    /// @param channel code of the plugin: to be called through `calls` only
    /// @param entitlements what the plugin may do beyond what every plugin may
    record Served(
            Channel channel,
            ChannelDescriptor descriptor,
            PluginVersion plugin,
            Entitlements entitlements,
            Calls calls) {}
}
