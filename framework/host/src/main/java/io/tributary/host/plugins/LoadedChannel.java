package io.tributary.host.plugins;

import io.tributary.host.artifacts.Entitlements;
import io.tributary.host.calls.BoundedCalls;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;

/// One channel of one loaded plugin version.
///
/// @param entitlements what the plugin may do beyond what every plugin may
/// @param channel code of the plugin: to be called through `calls` only
public record LoadedChannel(
        PluginVersion plugin,
        Channel channel,
        ChannelDescriptor descriptor,
        Entitlements entitlements,
        BoundedCalls calls) {

    /// Channel and plugin.
    @Override
    public String toString() {
        return descriptor.id() + " of " + plugin;
    }
}
