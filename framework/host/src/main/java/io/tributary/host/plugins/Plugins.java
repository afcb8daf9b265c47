package io.tributary.host.plugins;

import io.tributary.model.ChannelId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The plugins that were found in a folder, and the jars in it that were refused. Immutable.
///
/// A jar that is refused keeps no other from being loaded. Of two versions of one plugin the later
/// one is loaded. Of two plugins with one channel neither is: the wrong one would be given the
/// accounts' secrets.
public final class Plugins implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final List<LoadedPlugin> loaded;
    private final List<Refusal> refusals;

    private Plugins(List<LoadedPlugin> loaded, List<Refusal> refusals) {
        this.loaded = List.copyOf(loaded);
        this.refusals = List.copyOf(refusals);
    }

    /// Loads every `*.jar` of the folder. Blocks; each plugin has ten seconds to say what it
    /// brings.
    public static Plugins load(Path folder, PluginSetup setup) throws InterruptedException {
        var refusals = new ArrayList<Refusal>();
        var artifacts = latest(read(folder, refusals), refusals);
        var loaded = new ArrayList<LoadedPlugin>();
        for (var artifact : artifacts) {
            try {
                loaded.add(new Loading(setup).load(artifact));
            } catch (Refused refused) {
                refusals.add(new Refusal(artifact.fileName(), refused.reason()));
            }
        }
        refuseRivals(loaded, refusals);
        refusals.forEach(each -> LOG.warn("plugin {} was refused: {}", each.file(), each.reason()));
        loaded.forEach(each -> LOG.info("plugin {}", each));
        return new Plugins(loaded, refusals);
    }

    /// What was loaded, in the order of the files' names.
    public List<LoadedPlugin> loaded() {
        return loaded;
    }

    /// What was not, and why.
    public List<Refusal> refusals() {
        return refusals;
    }

    /// The channels of all loaded plugins.
    public Map<ChannelId, LoadedChannel> channels() {
        var channels = new LinkedHashMap<ChannelId, LoadedChannel>();
        for (var plugin : loaded) {
            plugin.channels().forEach(each -> channels.put(each.descriptor().id(), each));
        }
        return channels;
    }

    /// Closes all of them; see [LoadedPlugin#close()].
    @Override
    public void close() {
        loaded.forEach(LoadedPlugin::close);
    }

    private static List<Artifact> read(Path folder, List<Refusal> refusals) {
        var artifacts = new ArrayList<Artifact>();
        for (var file : jars(folder, refusals)) {
            try {
                artifacts.add(Artifact.read(file));
            } catch (Refused refused) {
                refusals.add(new Refusal(String.valueOf(file.getFileName()), refused.reason()));
            }
        }
        return artifacts;
    }

    private static List<Path> jars(Path folder, List<Refusal> refusals) {
        try (var files = Files.list(folder)) {
            return files.filter(Plugins::isJar).sorted().toList();
        } catch (IOException failure) {
            refusals.add(
                    new Refusal(
                            folder.toString(),
                            "the plugins folder cannot be read ("
                                    + failure.getClass().getSimpleName()
                                    + "); is it there, and may this user read it?"));
            return List.of();
        }
    }

    private static boolean isJar(Path file) {
        var name = String.valueOf(file.getFileName());
        return name.endsWith(".jar") && !name.startsWith(".") && Files.isRegularFile(file);
    }

    /// One artifact for each plugin id.
    private static List<Artifact> latest(List<Artifact> artifacts, List<Refusal> refusals) {
        var best = new LinkedHashMap<String, Artifact>();
        for (var artifact : artifacts) {
            var other = best.get(artifact.version().id());
            if (other == null) {
                best.put(artifact.version().id(), artifact);
                continue;
            }
            var winner = artifact.isLaterThan(other) ? artifact : other;
            var loser = winner.equals(artifact) ? other : artifact;
            best.put(artifact.version().id(), winner);
            refusals.add(
                    new Refusal(
                            loser.fileName(),
                            "it is "
                                    + loser.version()
                                    + ", and "
                                    + winner.fileName()
                                    + " brings "
                                    + winner.version()
                                    + "; take one of them away"));
        }
        return List.copyOf(best.values());
    }

    private static void refuseRivals(List<LoadedPlugin> loaded, List<Refusal> refusals) {
        var owners = new HashMap<ChannelId, LoadedPlugin>();
        Set<LoadedPlugin> rivals = new HashSet<>();
        for (var plugin : loaded) {
            for (var channel : plugin.channels()) {
                var id = channel.descriptor().id();
                var other = owners.putIfAbsent(id, plugin);
                if (other != null) {
                    rivals.add(plugin);
                    rivals.add(other);
                    refusals.add(rival(plugin, other, id));
                    refusals.add(rival(other, plugin, id));
                }
            }
        }
        loaded.removeAll(rivals);
        rivals.forEach(LoadedPlugin::close);
    }

    private static Refusal rival(LoadedPlugin plugin, LoadedPlugin other, ChannelId channel) {
        return new Refusal(
                String.valueOf(plugin.file().getFileName()),
                "it brings the channel "
                        + channel
                        + ", and so does "
                        + other.file().getFileName()
                        + "; take one of them away");
    }
}
