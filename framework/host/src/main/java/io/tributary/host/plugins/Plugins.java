package io.tributary.host.plugins;

import io.tributary.model.ChannelId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The versions of plugins that serve, and the jars that were refused. One version of each plugin,
/// one plugin for each channel: the wrong one would be given the accounts' secrets.
///
/// Thread safe. Finding reads one reference; a change puts another in its place.
public final class Plugins implements AutoCloseable {

    private volatile Serving serving = new Serving(Map.of(), Map.of());
    private volatile List<Refusal> refusals = List.of();

    /// Everything that serves, at one moment.
    private record Serving(
            Map<String, LoadedPlugin> plugins, Map<ChannelId, LoadedChannel> channels) {

        static Serving of(Map<String, LoadedPlugin> plugins) {
            var channels = new LinkedHashMap<ChannelId, LoadedChannel>();
            plugins.values().stream()
                    .flatMap(each -> each.channels().stream())
                    .sorted(Comparator.comparing(each -> each.descriptor().id().value()))
                    .forEach(each -> channels.put(each.descriptor().id(), each));
            return new Serving(plugins, channels);
        }
    }

    /// What serves, ordered by id.
    public List<LoadedPlugin> loaded() {
        return List.copyOf(serving.plugins().values());
    }

    /// The version of a plugin that serves.
    public Optional<LoadedPlugin> find(String id) {
        return Optional.ofNullable(serving.plugins().get(id));
    }

    /// The channels of all of them, ordered by id.
    public Map<ChannelId, LoadedChannel> channels() {
        return serving.channels();
    }

    /// Jars that were not taken, and why.
    public List<Refusal> refusals() {
        return refusals;
    }

    /// Why the plugin cannot serve beside the others; empty when it can.
    public Optional<String> rival(LoadedPlugin plugin) {
        for (var channel : plugin.channels()) {
            var other = serving.channels().get(channel.descriptor().id());
            if (other != null && !other.plugin().id().equals(plugin.version().id())) {
                return Optional.of(
                        "it brings the channel "
                                + channel.descriptor().id()
                                + ", and so does plugin "
                                + other.plugin().id()
                                + ", which serves");
            }
        }
        return Optional.empty();
    }

    /// Lets a version serve, from now on and in the place of the one before.
    ///
    /// @return why it cannot serve beside the others; empty: it serves
    public synchronized Optional<String> serve(LoadedPlugin plugin) {
        var rival = rival(plugin);
        if (rival.isPresent()) {
            return rival;
        }
        var next = new TreeMap<>(serving.plugins());
        next.put(plugin.version().id(), plugin);
        serving = Serving.of(next);
        refused(kept(plugin.version().id()), null);
        return Optional.empty();
    }

    /// Notes why no version of a plugin serves although one is to; until one does.
    public synchronized void missing(String id, String reason) {
        refused(kept(id), reason);
    }

    /// What is wanted serves after all.
    public synchronized void found(String id) {
        refused(kept(id), null);
    }

    /// What the list of refusals has in the place of a file's name.
    private static String kept(String id) {
        return id + " (kept)";
    }

    /// Lets a plugin serve no more.
    public synchronized void remove(String id) {
        var next = new TreeMap<>(serving.plugins());
        next.remove(id);
        serving = Serving.of(next);
        refused(kept(id), null);
    }

    /// Notes why a jar was not taken; null: it is there no more, or was taken after all.
    public synchronized void refused(String file, @Nullable String reason) {
        var next = new ArrayList<>(refusals);
        next.removeIf(each -> each.file().equals(file));
        if (reason != null) {
            next.add(new Refusal(file, reason));
        }
        next.sort(Comparator.comparing(Refusal::file));
        refusals = List.copyOf(next);
    }

    /// Closes all of them; see [LoadedPlugin#close()].
    @Override
    public void close() {
        loaded().forEach(LoadedPlugin::close);
    }
}
