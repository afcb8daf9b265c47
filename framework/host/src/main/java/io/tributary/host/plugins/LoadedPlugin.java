package io.tributary.host.plugins;

import io.tributary.host.artifacts.VerifiedJar;
import io.tributary.host.calls.Quarantine;
import io.tributary.host.guard.Conduct;
import io.tributary.model.PluginVersion;
import java.time.Duration;
import java.util.List;

/// One version of a plugin, loaded behind a class loader of its own. Immutable: another version is
/// another one of these, and both can stand side by side.
public final class LoadedPlugin implements AutoCloseable {

    private static final Duration DRAIN_AT_MOST = Duration.ofSeconds(10);

    private final VerifiedJar jar;
    private final Unloading unloading;
    private final Quarantine quarantine;
    private final Conduct conduct;
    private final List<LoadedChannel> channels;

    LoadedPlugin(
            VerifiedJar jar,
            Unloading unloading,
            Quarantine quarantine,
            Conduct conduct,
            List<LoadedChannel> channels) {
        this.jar = jar;
        this.unloading = unloading;
        this.quarantine = quarantine;
        this.conduct = conduct;
        this.channels = List.copyOf(channels);
    }

    /// Id and version, as the manifest says.
    public PluginVersion version() {
        return jar.plugin();
    }

    /// The jar, as it was verified.
    public VerifiedJar jar() {
        return jar;
    }

    /// The channels it brings, ordered by id; at least one.
    public List<LoadedChannel> channels() {
        return channels;
    }

    /// Whether it may still be called.
    public Quarantine quarantine() {
        return quarantine;
    }

    /// How it behaves towards the process.
    public Conduct conduct() {
        return conduct;
    }

    /// Closes it for good: further calls are refused, those that run get ten seconds, then the
    /// class loader is closed. Close its accounts first. Blocks.
    @Override
    public void close() {
        channels.forEach(channel -> channel.calls().close());
        try {
            for (var channel : channels) {
                if (!channel.calls().awaitIdle(DRAIN_AT_MOST)) {
                    break;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            unloading.close();
        }
    }

    @Override
    public String toString() {
        return version() + " with " + channels;
    }
}
