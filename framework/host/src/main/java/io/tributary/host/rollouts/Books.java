package io.tributary.host.rollouts;

import io.tributary.host.artifacts.SemanticVersion;
import io.tributary.host.artifacts.VerifiedJar;
import io.tributary.host.journal.Accounts;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.PluginRecords;
import io.tributary.host.journal.PluginRecords.Wanted;
import io.tributary.host.journal.Unit;
import io.tributary.host.rollouts.Rollout.State;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
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
import org.jspecify.annotations.Nullable;

/// What is wanted and what became of it, kept in the journal; each change leaves a trace in the
/// audit, in the same commit. Other members write there as well: what is written rests on the rows
/// as they were read, and is decided anew where they have changed.
final class Books {

    /// Refusals may have come after a removal; more than so many are not looked through.
    private static final int REMEMBERED = 100;

    private final Journal journal;
    private final Company company;

    Books(Journal journal, Company company) {
        this.journal = journal;
        this.company = company;
    }

    /// Says what speaks against a version in view of what is wanted.
    @FunctionalInterface
    interface Rivals {

        Optional<String> among(List<Wanted> rows);
    }

    /// Says what is to be written, given the rows as they are.
    @FunctionalInterface
    private interface Decision {

        /// @return empty: nothing
        List<Change> on(List<Wanted> rows) throws Lost;
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

    /// The accounts of these channels that were set by API, on whichever member.
    List<AccountId> needing(Set<ChannelId> channels) {
        return journal.accounts().all().stream()
                .filter(each -> channels.contains(each.channel()))
                .map(Accounts.Account::id)
                .toList();
    }

    /// An artifact is going to serve on this member, and is not settled yet. A member that ends
    /// before it is starts with what is wanted.
    ///
    /// @param known the row as the rollout began; null: there was none
    /// @throws Lost it is not so any more, or somebody else has its channels
    void watch(String plugin, @Nullable Wanted known, String sha256, Rivals rivals)
            throws Lost, InterruptedException {
        decide(rows -> {
            var row = find(rows, plugin);
            if (row == null
                    || known == null
                    || !row.sha256().equals(known.sha256())
                    || watchedElsewhere(row)
                    || rivals.among(rows).isPresent()) {
                throw new Lost(plugin);
            }
            return List.of(new Change.WantPlugin(row.watching(sha256, company.self())));
        });
    }

    /// The artifact is not watched here, after all.
    void unwatch(String plugin, String sha256) throws InterruptedException {
        decideAlways(rows -> {
            var row = find(rows, plugin);
            return row != null && watchedHere(row, sha256)
                    ? List.of(new Change.WantPlugin(row.unwatched()))
                    : List.of();
        });
    }

    /// The rollout is over, and its version, which was watched here, is wanted from now on.
    ///
    /// @throws Lost somebody else ended the watch
    void settled(Rollout rollout, VerifiedJar jar, Instant at) throws Lost, InterruptedException {
        decide(rows -> {
            var row = find(rows, rollout.plugin());
            if (row == null || !watchedHere(row, jar.sha256())) {
                throw new Lost(rollout.plugin());
            }
            return serving(rollout, row, jar, at);
        });
    }

    /// The rollout is over, and its version is wanted from now on.
    ///
    /// @param known the row as the rollout began; null: there was none
    /// @throws Lost it is not so any more, and something else is wanted; or somebody else has its
    ///   channels
    void serves(Rollout rollout, @Nullable Wanted known, VerifiedJar jar, Instant at, Rivals rivals)
            throws Lost, InterruptedException {
        decide(rows -> {
            var row = find(rows, rollout.plugin());
            if (row != null && row.sha256().equals(jar.sha256()) && row.watched() == null) {
                // another member brought it at the same time
                return List.of();
            }
            boolean same =
                    row == null
                            ? known == null
                            : known != null
                                    && row.sha256().equals(known.sha256())
                                    && !watchedElsewhere(row);
            if (!same || rivals.among(rows).isPresent()) {
                throw new Lost(rollout.plugin());
            }
            return serving(rollout, row, jar, at);
        });
    }

    /// The rollout is over, and nothing else is wanted than before.
    void failed(Rollout rollout, Instant at) throws InterruptedException {
        decideAlways(rows -> {
            var row = find(rows, rollout.plugin());
            var sha256 = rollout.sha256();
            return ended(
                    rollout,
                    at,
                    row != null && sha256 != null && watchedHere(row, sha256)
                            ? new Change.WantPlugin(row.unwatched())
                            : null);
        });
    }

    /// The rollout of whoever watched, who is gone or told not to go on, is over.
    ///
    /// @param known the row, as it was read
    /// @return false: somebody was first
    boolean returned(Rollout rollout, Wanted known, Instant at) throws InterruptedException {
        return decideAlways(rows -> {
            var row = find(rows, rollout.plugin());
            return row != null
                            && Objects.equals(row.watched(), known.watched())
                            && row.watchedBy() == known.watchedBy()
                    ? ended(rollout, at, new Change.WantPlugin(row.unwatched()))
                    : List.of();
        });
    }

    /// @throws Lost something else is wanted by now
    void removed(Rollout rollout, @Nullable Wanted known, Instant at)
            throws Lost, InterruptedException {
        decide(rows -> {
            var row = find(rows, rollout.plugin());
            boolean same =
                    row == null
                            || (known != null
                                    && row.sha256().equals(known.sha256())
                                    && !watchedElsewhere(row));
            if (!same) {
                throw new Lost(rollout.plugin());
            }
            return ended(rollout, at, new Change.UnwantPlugin(rollout.plugin()));
        });
    }

    /// What members said, also those that are there no more.
    List<PluginRecords.Observed> observed() {
        return journal.plugins().observed();
    }

    void observe(PluginRecords.Observed observed) throws InterruptedException {
        var _ = commit(Unit.of(new Change.ObservePlugin(observed)));
    }

    /// @param plugin null: all of them
    void unobserve(long member, @Nullable String plugin) throws InterruptedException {
        var _ = commit(Unit.of(new Change.UnobservePlugin(member, plugin)));
    }

    private boolean watchedHere(Wanted row, String sha256) {
        return sha256.equals(row.watched()) && row.watchedBy() == company.self();
    }

    /// A mark that this member could not take away in time is none that it has to respect.
    private boolean watchedElsewhere(Wanted row) {
        return row.watched() != null && row.watchedBy() != company.self();
    }

    private static @Nullable Wanted find(List<Wanted> rows, String plugin) {
        for (var row : rows) {
            if (row.plugin().equals(plugin)) {
                return row;
            }
        }
        return null;
    }

    private List<Change> serving(
            Rollout rollout, @Nullable Wanted before, VerifiedJar jar, Instant at) {
        var wanted =
                new Wanted(
                        jar.plugin().id(),
                        jar.plugin().version(),
                        jar.sha256(),
                        before == null ? null : other(before, jar),
                        higher(highest(jar.plugin().id()).orElse(null), jar.plugin()),
                        null,
                        0,
                        at,
                        rollout.actor());
        return ended(rollout, at, new Change.WantPlugin(wanted));
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

    private static List<Change> ended(Rollout rollout, Instant at, @Nullable Change wanted) {
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
        return changes;
    }

    /// Where rows have changed between reading and writing, somebody else got on: so this ends.
    ///
    /// @return false: there was nothing to write
    private boolean decide(Decision decision) throws Lost, InterruptedException {
        while (true) {
            var rows = wanted();
            var changes = decision.on(rows);
            if (changes.isEmpty()) {
                return false;
            }
            if (commit(Unit.of(List.of(new Expect.PluginsAre(rows)), changes))) {
                return true;
            }
        }
    }

    /// The same with a decision that never gives up.
    private boolean decideAlways(Decision decision) throws InterruptedException {
        try {
            return decide(decision);
        } catch (Lost impossible) {
            throw new IllegalStateException("nothing could be lost here", impossible);
        }
    }

    /// @return false: what was expected is not so
    private boolean commit(Unit unit) throws InterruptedException {
        try {
            return journal.append(unit).get() instanceof Commit.Done;
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
