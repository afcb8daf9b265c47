package io.tributary.host.rollouts;

import io.tributary.host.artifacts.ArtifactStore;
import io.tributary.host.artifacts.SemanticVersion;
import io.tributary.host.artifacts.VerifiedJar;
import io.tributary.host.journal.PluginRecords.Wanted;
import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.host.rollouts.RolloutRefused.Why;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What keeps a version from being tried at all, and whose channels it must not bring. Thread safe.
final class Admission {

    private final ArtifactStore artifacts;
    private final Books books;
    private final Underway underway;
    private final Company company;

    Admission(ArtifactStore artifacts, Books books, Underway underway, Company company) {
        this.artifacts = artifacts;
        this.books = books;
        this.underway = underway;
        this.company = company;
    }

    /// The artifact of the plugin that another member watches.
    Optional<String> watchedElsewhere(String plugin) {
        return books.wanted(plugin)
                .filter(row -> row.watched() != null && company.watches(row.watchedBy()))
                .map(Wanted::watched);
    }

    void refuseWhileWatched(String plugin) throws RolloutRefused {
        var ongoing = underway.watched(plugin).orElse(null);
        if (ongoing != null) {
            throw new RolloutRefused(
                    Why.WATCHED,
                    "Version "
                            + ongoing.now().version().version()
                            + " of plugin "
                            + plugin
                            + " is watched until "
                            + until(ongoing)
                            + ": wait, or take it back with `tributary plugin rollback "
                            + plugin
                            + "`.");
        }
        if (watchedElsewhere(plugin).isPresent()) {
            throw new RolloutRefused(
                    Why.WATCHED,
                    "A version of plugin "
                            + plugin
                            + " is watched on another member: wait, or take it back with"
                            + " `tributary plugin rollback "
                            + plugin
                            + "`.");
        }
    }

    private static String until(Ongoing ongoing) {
        var until = ongoing.rollout().watchedUntil();
        return until == null ? "it is settled" : until.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// Refuses to go back to an earlier version by accident; the audit tells.
    void refuseDowngrade(VerifiedJar jar, String actor)
            throws RolloutRefused, InterruptedException {
        var why = downgrade(jar);
        if (why.isPresent()) {
            artifacts.refused(jar.origin(), why.get(), actor);
            throw new RolloutRefused(Why.CONFLICT, why.get());
        }
    }

    private Optional<String> downgrade(VerifiedJar jar) {
        var id = jar.plugin().id();
        var version = jar.plugin().version();
        var wanted = books.wanted(id).orElse(null);
        if (wanted != null && wanted.sha256().equals(jar.sha256())) {
            return Optional.empty();
        }
        var highest = books.highest(id).orElse(version);
        if (SemanticVersion.parse(highest).compareTo(SemanticVersion.parse(version)) > 0) {
            return Optional.of(
                    "Version "
                            + version
                            + " of plugin "
                            + id
                            + " is older than "
                            + highest
                            + ", which served already. If a downgrade is meant, say so:"
                            + " `tributary plugin add JAR --downgrade`, `?downgrade=true`.");
        }
        if (wanted != null && wanted.version().equals(version) && !version.endsWith("-SNAPSHOT")) {
            return Optional.of(
                    "Version "
                            + version
                            + " of plugin "
                            + id
                            + " serves already, from other bytes: give the new one a version of its"
                            + " own, or say that a downgrade is meant (--downgrade).");
        }
        return Optional.empty();
    }

    /// Why the plugin must not serve although none that serves brings its channels: another one
    /// that is wanted does, or stands by. It would be given accounts' secrets that are not its own.
    Optional<String> usurps(LoadedPlugin loaded) {
        return usurps(loaded, books.wanted());
    }

    /// The same in view of these rows.
    Optional<String> usurps(LoadedPlugin loaded, List<Wanted> rows) {
        var id = loaded.version().id();
        Set<String> taken = new HashSet<>();
        for (var wanted : rows) {
            if (!wanted.plugin().equals(id)) {
                taken.addAll(artifacts.channels(wanted.sha256()));
                if (wanted.watched() != null) {
                    taken.addAll(artifacts.channels(wanted.watched()));
                }
            }
        }
        for (var other : underway.standingBy()) {
            if (!other.version().id().equals(id)) {
                other.channels().forEach(each -> taken.add(each.descriptor().id().value()));
            }
        }
        return loaded.channels().stream()
                .map(each -> each.descriptor().id().value())
                .filter(taken::contains)
                .findFirst()
                .map(channel -> "it brings the channel " + channel + ", which another plugin has");
    }
}
