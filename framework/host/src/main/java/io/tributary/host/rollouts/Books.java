package io.tributary.host.rollouts;

import io.tributary.host.artifacts.SemanticVersion;
import io.tributary.host.artifacts.VerifiedJar;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.PluginRecords;
import io.tributary.host.journal.PluginRecords.Wanted;
import io.tributary.host.journal.Unit;
import io.tributary.host.rollouts.Rollout.State;
import io.tributary.model.PluginVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is wanted and what became of it, kept in the journal; each change leaves a trace in the
/// audit, in the same commit.
final class Books {

    /// Refusals may have come after a removal; more than so many are not looked through.
    private static final int REMEMBERED = 100;

    private final Journal journal;

    Books(Journal journal) {
        this.journal = journal;
    }

    List<Wanted> wanted() {
        return journal.plugins().wanted();
    }

    Optional<Wanted> wanted(String plugin) {
        return journal.plugins().wanted(plugin);
    }

    List<PluginRecords.Rollout> rollouts(String plugin, int limit) {
        return journal.plugins().rollouts(plugin, limit);
    }

    /// Whether the plugin was taken away, and no version of it served since.
    boolean removed(String plugin) {
        if (wanted(plugin).isPresent()) {
            return false;
        }
        for (var each : rollouts(plugin, REMEMBERED)) {
            if (each.outcome().equals(word(State.REMOVED))) {
                return true;
            }
        }
        return false;
    }

    /// The highest version of a plugin that ever served here, also before it was removed.
    Optional<String> highest(String plugin) {
        return wanted(plugin)
                .map(Wanted::highest)
                .or(() ->
                        rollouts(plugin, REMEMBERED).stream()
                                .filter(each -> each.outcome().equals(word(State.SERVING)))
                                .map(PluginRecords.Rollout::to)
                                .filter(Objects::nonNull)
                                .max(Comparator.comparing(SemanticVersion::parse)));
    }

    /// The digests of all artifacts that were ever to serve.
    Set<String> tried() {
        return journal.plugins().tried();
    }

    /// The channels that configured accounts need.
    Set<String> needed() {
        return journal.accounts().all().stream()
                .map(each -> each.channel().value())
                .collect(Collectors.toSet());
    }

    /// An artifact is going to serve, and is not settled yet. A member that ends before it is
    /// starts with what is wanted.
    ///
    /// @param sha256 null: none is, after all
    void watching(String plugin, @Nullable String sha256) throws InterruptedException {
        var row = wanted(plugin);
        if (row.isPresent()) {
            commit(new Change.WantPlugin(row.get().watching(sha256)));
        }
    }

    /// The rollout is over, and its version is wanted from now on.
    void serves(Rollout rollout, VerifiedJar jar, Instant at) throws InterruptedException {
        var before = wanted(jar.plugin().id());
        commit(
                rollout,
                at,
                new Change.WantPlugin(
                        new Wanted(
                                jar.plugin().id(),
                                jar.plugin().version(),
                                jar.sha256(),
                                before.map(row -> other(row, jar)).orElse(null),
                                higher(highest(jar.plugin().id()).orElse(null), jar.plugin()),
                                null,
                                at,
                                rollout.actor())));
    }

    /// The rollout is over, and nothing else is wanted than before.
    void failed(Rollout rollout, Instant at) throws InterruptedException {
        commit(
                rollout,
                at,
                wanted(rollout.plugin())
                        .filter(row -> watched(row, rollout))
                        .map(row -> new Change.WantPlugin(row.watching(null)))
                        .orElse(null));
    }

    /// Whether the row speaks of this very rollout: one that could not be written down in time must
    /// not take away the mark of the next.
    private static boolean watched(Wanted row, Rollout rollout) {
        return row.watched() != null && row.watched().equals(rollout.sha256());
    }

    void removed(Rollout rollout, Instant at) throws InterruptedException {
        commit(rollout, at, new Change.UnwantPlugin(rollout.plugin()));
    }

    /// What was served before stays what one may return to, also when the same is served again.
    private static @Nullable String other(Wanted row, VerifiedJar jar) {
        return row.sha256().equals(jar.sha256()) ? row.before() : row.sha256();
    }

    private static String higher(@Nullable String known, PluginVersion version) {
        return known == null
                        || SemanticVersion.parse(version.version())
                                        .compareTo(SemanticVersion.parse(known))
                                > 0
                ? version.version()
                : known;
    }

    private void commit(Rollout rollout, Instant at, @Nullable Change wanted)
            throws InterruptedException {
        var outcome = word(rollout.state());
        var changes = new ArrayList<Change>();
        if (wanted != null) {
            changes.add(wanted);
        }
        changes.add(
                new Change.AddRollout(
                        new PluginRecords.Rollout(
                                rollout.plugin(),
                                version(rollout.from()),
                                version(rollout.to()),
                                rollout.sha256(),
                                outcome,
                                rollout.text(),
                                rollout.actor(),
                                rollout.began(),
                                at)));
        changes.add(
                new Change.AddAudit(
                        rollout.actor(),
                        "plugin." + outcome,
                        rollout.plugin(),
                        detail(rollout),
                        at));
        commit(changes.toArray(Change[]::new));
    }

    private void commit(Change... changes) throws InterruptedException {
        try {
            if (journal.append(Unit.of(changes)).get() instanceof Commit.Stale) {
                throw new IllegalStateException("nothing was expected, and it was not so");
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof JournalUnavailable unavailable) {
                throw unavailable;
            }
            throw new JournalUnavailable("the plugin's version could not be stored", failed);
        }
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String detail(Rollout rollout) {
        var detail = new StringBuilder();
        if (rollout.from() != null) {
            detail.append("from ").append(rollout.from().version()).append(' ');
        }
        if (rollout.to() != null) {
            detail.append("to ").append(rollout.to().version()).append(' ');
        }
        if (rollout.sha256() != null) {
            detail.append("sha256 ").append(rollout.sha256()).append(' ');
        }
        return (detail + rollout.text()).strip();
    }

    private static @Nullable String version(@Nullable PluginVersion version) {
        return version == null ? null : version.version();
    }
}
