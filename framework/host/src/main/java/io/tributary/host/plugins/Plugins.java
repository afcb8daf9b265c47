package io.tributary.host.plugins;

import io.tributary.host.artifacts.JarFiles;
import io.tributary.host.artifacts.Rejected;
import io.tributary.host.artifacts.SemanticVersion;
import io.tributary.host.artifacts.Verification;
import io.tributary.host.artifacts.VerifiedJar;
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

    /// Loads every `*.jar` of the folder that is verified, from the bytes that were. Blocks; each
    /// plugin has ten seconds to say what it brings.
    public static Plugins load(Path folder, PluginSetup setup) throws InterruptedException {
        var refusals = new ArrayList<Refusal>();
        var jars = latest(read(folder, setup.verification(), refusals), refusals);
        var loaded = new ArrayList<LoadedPlugin>();
        for (var jar : jars) {
            try {
                loaded.add(new Loading(setup).load(jar));
            } catch (Refused refused) {
                refusals.add(new Refusal(jar.origin(), refused.reason()));
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

    private static List<VerifiedJar> read(
            Path folder, Verification verification, List<Refusal> refusals) {
        var jars = new ArrayList<VerifiedJar>();
        for (var file : jars(folder, refusals)) {
            var name = String.valueOf(file.getFileName());
            try {
                jars.add(verification.check(JarFiles.read(file), name));
            } catch (Rejected rejected) {
                refusals.add(new Refusal(name, rejected.reason()));
            }
        }
        return jars;
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

    /// One jar for each plugin id.
    private static List<VerifiedJar> latest(List<VerifiedJar> jars, List<Refusal> refusals) {
        var best = new LinkedHashMap<String, VerifiedJar>();
        for (var jar : jars) {
            var other = best.get(jar.plugin().id());
            if (other == null) {
                best.put(jar.plugin().id(), jar);
                continue;
            }
            var winner = isLater(jar, other) ? jar : other;
            var loser = winner.equals(jar) ? other : jar;
            best.put(jar.plugin().id(), winner);
            refusals.add(
                    new Refusal(
                            loser.origin(),
                            "it is "
                                    + loser.plugin()
                                    + ", and "
                                    + winner.origin()
                                    + " brings "
                                    + winner.plugin()
                                    + "; take one of them away"));
        }
        return List.copyOf(best.values());
    }

    private static boolean isLater(VerifiedJar one, VerifiedJar other) {
        return SemanticVersion.parse(one.plugin().version())
                        .compareTo(SemanticVersion.parse(other.plugin().version()))
                > 0;
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
                plugin.jar().origin(),
                "it brings the channel "
                        + channel
                        + ", and so does "
                        + other.jar().origin()
                        + "; take one of them away");
    }
}
