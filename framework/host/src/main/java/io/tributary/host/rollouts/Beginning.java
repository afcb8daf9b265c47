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
/// The version that was wanted last serves, unless the folder holds one that was never seen here
/// and is not older: that is how a new distribution brings new versions. A plugin that was removed
/// stays away although its jar still lies there. What cannot be loaded gives way to what served
/// before it. A jar that is refused keeps no other from being loaded; of two newcomers with one
/// channel neither is, for one of them would be given the accounts' secrets.
final class Beginning {

    private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);

    /// Who wants what lies in the folder, in the audit.
    static final String FOLDER = "folder";

    private final Plugins plugins;
    private final VersionLoader loader;
    private final Shelf shelf;
    private final Instant now;

    /// What was seen here before this start.
    private final Set<String> known;

    Beginning(Plugins plugins, VersionLoader loader, Shelf shelf, Instant now) {
        this.plugins = plugins;
        this.loader = loader;
        this.shelf = shelf;
        this.now = now;
        this.known = shelf.known();
    }

    /// A version that is loaded and does not serve yet.
    private record Candidate(VerifiedJar jar, LoadedPlugin plugin) {}

    void begin(List<PluginsFolder.Found> folder) throws InterruptedException {
        var offered = latest(taken(folder));
        for (var row : shelf.wanted()) {
            serve(row, offered.remove(row.plugin()));
        }
        var newcomers = new ArrayList<Candidate>();
        for (var jar : offered.values()) {
            if (known.contains(jar.sha256()) && shelf.removed(jar.plugin().id())) {
                LOG.info(
                        "plugin {} was removed and stays away; `tributary plugin add` brings it back",
                        jar);
                continue;
            }
            load(jar).ifPresent(plugin -> newcomers.add(new Candidate(jar, plugin)));
        }
        for (var candidate : withoutRivals(newcomers)) {
            serve(candidate.plugin());
            write(candidate.jar(), null);
        }
    }

    private void serve(Wanted row, @Nullable VerifiedJar offered) throws InterruptedException {
        boolean lies = offered != null && offered.sha256().equals(row.sha256());
        if (offered != null && !lies && supersedes(offered, row) && began(offered, row)) {
            return;
        }
        var why = new StringJoiner("; the one before: ");
        var wanted = lies ? Optional.ofNullable(offered) : kept(row.sha256(), why);
        if (wanted.isPresent() && began(wanted.get(), row)) {
            return;
        }
        var reserve = row.before();
        var before = reserve == null ? Optional.<VerifiedJar>empty() : kept(reserve, why);
        if (before.isPresent() && began(before.get(), row)) {
            return;
        }
        plugins.missing(row.plugin(), why + "; until one is installed its accounts are down");
        LOG.error("no version of plugin {} can be loaded: its accounts are down", row.plugin());
    }

    private boolean began(VerifiedJar jar, Wanted row) throws InterruptedException {
        var loaded = load(jar);
        if (loaded.isEmpty()) {
            return false;
        }
        serve(loaded.get());
        if (!jar.sha256().equals(row.sha256())) {
            write(jar, row);
        }
        return true;
    }

    private boolean supersedes(VerifiedJar offered, Wanted row) {
        if (known.contains(offered.sha256())) {
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

    private void serve(LoadedPlugin plugin) {
        plugins.serve(plugin);
        LOG.info("plugin {}", plugin);
    }

    private void refused(String file, String reason) {
        LOG.warn("plugin {} was refused: {}", file, reason);
        plugins.refused(file, reason);
    }

    private void write(VerifiedJar jar, @Nullable Wanted row) throws InterruptedException {
        shelf.serves(
                new Rollout(
                        jar.plugin().id(),
                        row == null ? null : new PluginVersion(row.plugin(), row.version()),
                        jar.plugin(),
                        jar.sha256(),
                        State.SERVING,
                        "",
                        0,
                        null,
                        FOLDER,
                        now,
                        now),
                jar);
    }

    private static boolean earlier(String version, String than) {
        return SemanticVersion.parse(version).compareTo(SemanticVersion.parse(than)) < 0;
    }
}
