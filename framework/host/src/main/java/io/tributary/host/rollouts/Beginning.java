package io.tributary.host.rollouts;

import io.tributary.host.artifacts.Rejected;
import io.tributary.host.artifacts.SemanticVersion;
import io.tributary.host.artifacts.VerifiedJar;
import io.tributary.host.journal.PluginRecords.Wanted;
import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.host.plugins.Plugins;
import io.tributary.host.plugins.Refused;
import io.tributary.host.plugins.VersionLoader;
import io.tributary.host.rollouts.Rollout.State;
import io.tributary.model.ChannelId;
import io.tributary.model.PluginVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides at a member's start which version of each plugin serves, and loads it.
///
/// The version that was wanted last serves. Where the folder holds one that never was to serve here
/// and is not older, that one is taken up as soon as the member serves, tried and watched like any
/// other: that is how a new distribution brings new versions. A plugin that was removed stays away
/// although its jar still lies there. What cannot be loaded gives way: to what the folder brings,
/// or to what served before, which leaves what is wanted as it is. A jar that is refused keeps no
/// other from being loaded; of two newcomers with one channel neither is, for one of them would be
/// given the accounts' secrets.
final class Beginning {

    private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);

    /// Who wants what lies in the folder, in the audit.
    static final String FOLDER = "folder";

    private final Plugins plugins;
    private final VersionLoader loader;
    private final Shelf shelf;
    private final Instant now;

    /// What was ever to serve here before this start.
    private final Set<String> tried;

    /// Which plugin has which channel, loaded or not.
    private final Map<String, String> owners = new HashMap<>();

    /// Jars that are to be tried once the member serves.
    private final Set<String> later = new LinkedHashSet<>();

    Beginning(Plugins plugins, VersionLoader loader, Shelf shelf, Instant now) {
        this.plugins = plugins;
        this.loader = loader;
        this.shelf = shelf;
        this.now = now;
        this.tried = new HashSet<>(shelf.tried());
    }

    /// A version that is loaded and does not serve yet.
    private record Candidate(VerifiedJar jar, LoadedPlugin plugin) {}

    /// @return names of jars in the folder that are to be found again, once the member serves
    Set<String> begin(List<PluginsFolder.Found> folder) throws InterruptedException {
        var offered = latest(taken(folder));
        for (var row : shelf.wanted()) {
            shelf.channels(row.sha256()).forEach(each -> owners.put(each, row.plugin()));
        }
        for (var row : shelf.wanted()) {
            interrupted(row);
            serve(row, offered.remove(row.plugin()));
        }
        var newcomers = new ArrayList<Candidate>();
        for (var jar : offered.values()) {
            if (shelf.removed(jar.plugin().id())) {
                LOG.info(
                        "plugin {} was removed and stays away; `tributary plugin add` brings it back",
                        jar);
                continue;
            }
            load(jar).ifPresent(plugin -> newcomers.add(new Candidate(jar, plugin)));
        }
        for (var candidate : withoutRivals(newcomers)) {
            if (serves(candidate) && !write(candidate, null)) {
                // another member was first with something else: tried beside that, once this one
                // serves
                plugins.remove(candidate.jar().plugin().id());
                candidate.plugin().close();
                later.add(candidate.jar().origin());
            }
        }
        return later;
    }

    private void interrupted(Wanted row) throws InterruptedException {
        var watched = row.watched();
        if (watched != null) {
            tried.add(watched);
            if (shelf.watchedElsewhere(row)) {
                return;
            }
            var why = "the member ended while this version was watched; add it again to try again";
            LOG.warn("plugin {} {}: {}", row.plugin(), watched, why);
            shelf.interrupted(
                    new Rollout(
                            row.plugin(),
                            new PluginVersion(row.plugin(), row.version()),
                            null,
                            watched,
                            State.RETURNED,
                            why,
                            0,
                            null,
                            null,
                            Rollout.HOST,
                            now,
                            now),
                    row);
        }
    }

    private void serve(Wanted row, @Nullable VerifiedJar offered) throws InterruptedException {
        boolean same = offered != null && offered.sha256().equals(row.sha256());
        var supersedes =
                Optional.ofNullable(offered).filter(each -> !same && supersedes(each, row));
        var why = new StringJoiner("; the one before: ");
        if (serves(same ? Optional.ofNullable(offered) : kept(row.sha256(), why))) {
            supersedes.ifPresent(each -> later.add(each.origin()));
            return;
        }
        if (shelf.shared()) {
            supersedes.ifPresent(each -> later.add(each.origin()));
        } else if (supersedes.isPresent() && stepsIn(supersedes.get(), row)) {
            return;
        }
        var before = row.before();
        if (before != null && serves(kept(before, why))) {
            LOG.error(
                    "plugin {} {} cannot be loaded: the version before serves",
                    row.plugin(),
                    row.version());
            return;
        }
        plugins.missing(row.plugin(), why + "; until one is installed its accounts are down");
        LOG.error("no version of plugin {} can be loaded: its accounts are down", row.plugin());
    }

    /// Whether the newer one serves in the place of what is wanted and cannot be loaded.
    private boolean stepsIn(VerifiedJar jar, Wanted row) throws InterruptedException {
        var loaded = load(jar);
        if (loaded.isEmpty()) {
            return false;
        }
        var candidate = new Candidate(jar, loaded.get());
        return serves(candidate) && write(candidate, row);
    }

    private boolean serves(Optional<VerifiedJar> jar) throws InterruptedException {
        if (jar.isEmpty()) {
            return false;
        }
        var loaded = load(jar.get());
        return loaded.isPresent() && serves(new Candidate(jar.get(), loaded.get()));
    }

    /// Unless it has a channel of another plugin; then it is closed.
    private boolean serves(Candidate candidate) {
        var why = usurps(candidate.plugin()).or(() -> plugins.serve(candidate.plugin()));
        if (why.isPresent()) {
            refused(candidate.jar().origin(), why.get() + "; take one of them away");
            candidate.plugin().close();
            return false;
        }
        LOG.info("plugin {}", candidate.plugin());
        return true;
    }

    private Optional<String> usurps(LoadedPlugin plugin) {
        for (var channel : plugin.channels()) {
            var id = channel.descriptor().id();
            var owner = owners.getOrDefault(id.value(), plugin.version().id());
            if (!owner.equals(plugin.version().id())) {
                return Optional.of("it brings the channel " + id + ", and so does plugin " + owner);
            }
        }
        return Optional.empty();
    }

    private boolean supersedes(VerifiedJar offered, Wanted row) {
        if (tried.contains(offered.sha256())) {
            // it was here before, and somebody wanted another one since
            return false;
        }
        if (earlier(offered.plugin().version(), row.highest())) {
            plugins.refused(
                    offered.origin(),
                    "it is "
                            + offered.plugin()
                            + ", and "
                            + row.highest()
                            + " served already; take it away, or say that a downgrade is meant:"
                            + " `tributary plugin add JAR --downgrade`");
            return false;
        }
        return true;
    }

    /// @param why is told the reason where there is one
    private Optional<VerifiedJar> kept(String sha256, StringJoiner why)
            throws InterruptedException {
        try {
            return Optional.of(shelf.kept(sha256));
        } catch (Rejected rejected) {
            why.add(rejected.reason());
            LOG.warn("the artifact {} cannot serve any more: {}", sha256, rejected.reason());
            return Optional.empty();
        }
    }

    private List<VerifiedJar> taken(List<PluginsFolder.Found> folder) throws InterruptedException {
        var jars = new ArrayList<VerifiedJar>();
        for (var found : folder) {
            var bytes = found.bytes();
            try {
                if (bytes == null) {
                    throw new Rejected(found.problem());
                }
                jars.add(shelf.take(bytes, found.name()));
            } catch (Rejected rejected) {
                refused(found.name(), rejected.reason());
            }
        }
        return jars;
    }

    /// One jar for each plugin id.
    private Map<String, VerifiedJar> latest(List<VerifiedJar> jars) {
        var best = new TreeMap<String, VerifiedJar>();
        for (var jar : jars) {
            var other = best.get(jar.plugin().id());
            if (other == null) {
                best.put(jar.plugin().id(), jar);
                continue;
            }
            if (other.sha256().equals(jar.sha256())) {
                LOG.info("{} holds what {} holds", jar.origin(), other.origin());
                continue;
            }
            boolean later = earlier(other.plugin().version(), jar.plugin().version());
            var winner = later ? jar : other;
            var loser = later ? other : jar;
            best.put(jar.plugin().id(), winner);
            refused(
                    loser.origin(),
                    "it is "
                            + loser.plugin()
                            + ", and "
                            + winner.origin()
                            + " brings "
                            + winner.plugin()
                            + "; take one of them away");
        }
        return best;
    }

    private Optional<LoadedPlugin> load(VerifiedJar jar) throws InterruptedException {
        try {
            return Optional.of(loader.load(jar));
        } catch (Refused refused) {
            refused(jar.origin(), refused.reason());
            return Optional.empty();
        }
    }

    private List<Candidate> withoutRivals(List<Candidate> newcomers) {
        var owners = new HashMap<ChannelId, Candidate>();
        Set<Candidate> rivals = new LinkedHashSet<>();
        for (var candidate : newcomers) {
            plugins.rival(candidate.plugin())
                    .ifPresent(why -> {
                        refused(candidate.jar().origin(), why + "; take one of them away");
                        rivals.add(candidate);
                    });
            for (var channel : candidate.plugin().channels()) {
                var id = channel.descriptor().id();
                var other = owners.putIfAbsent(id, candidate);
                if (other != null) {
                    rival(candidate, other, id);
                    rival(other, candidate, id);
                    rivals.add(candidate);
                    rivals.add(other);
                }
            }
        }
        rivals.forEach(each -> each.plugin().close());
        var rest = new ArrayList<>(newcomers);
        rest.removeAll(new HashSet<>(rivals));
        return rest;
    }

    private void rival(Candidate candidate, Candidate other, ChannelId channel) {
        refused(
                candidate.jar().origin(),
                "it brings the channel "
                        + channel
                        + ", and so does "
                        + other.jar().origin()
                        + "; take one of them away");
    }

    private void refused(String file, String reason) {
        LOG.warn("plugin {} was refused: {}", file, reason);
        plugins.refused(file, reason);
    }

    private boolean write(Candidate candidate, @Nullable Wanted row) throws InterruptedException {
        var jar = candidate.jar();
        return shelf.serves(
                new Rollout(
                        jar.plugin().id(),
                        row == null ? null : new PluginVersion(row.plugin(), row.version()),
                        jar.plugin(),
                        jar.sha256(),
                        State.SERVING,
                        "",
                        0,
                        null,
                        null,
                        FOLDER,
                        now,
                        now),
                row,
                jar,
                rows -> rival(candidate.plugin(), rows));
    }

    /// Another member may have brought a plugin with one of these channels since the start began.
    private Optional<String> rival(LoadedPlugin plugin, List<Wanted> rows) {
        for (var row : rows) {
            if (!row.plugin().equals(plugin.version().id())) {
                var channels = shelf.channels(row.sha256());
                for (var channel : plugin.channels()) {
                    if (channels.contains(channel.descriptor().id().value())) {
                        return Optional.of("plugin " + row.plugin() + " has its channel");
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean earlier(String version, String than) {
        return SemanticVersion.parse(version).compareTo(SemanticVersion.parse(than)) < 0;
    }
}
