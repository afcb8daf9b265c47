package io.tributary.host.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads which version of each plugin is wanted, and how changes of version ended. Blocking, thread
/// safe.
public interface PluginRecords {

    /// Of every plugin that was installed and not removed, ordered by id.
    List<Wanted> wanted();

    Optional<Wanted> wanted(String plugin);

    /// What members said of each plugin that serves, or is to serve, on them; ordered by plugin and
    /// member. Also what was said by members that are there no more.
    List<Observed> observed();

    /// The digests of all artifacts that were ever to serve, whatever came of it.
    Set<String> tried();

    /// How changes of a plugin's version ended, newest first.
    List<Rollout> rollouts(String plugin, int limit);

    /// The version of a plugin that is to serve.
    ///
    /// @param sha256 of its artifact, in hex
    /// @param before the artifact that served before; null: there was none
    /// @param highest the highest version that was ever wanted: below it is a downgrade
    /// @param watched the artifact that serves in its place and is not settled yet; null: none does
    /// @param watchedBy the run of the member on which it does; 0: none
    record Wanted(
            String plugin,
            String version,
            String sha256,
            @Nullable String before,
            String highest,
            @Nullable String watched,
            long watchedBy,
            Instant changedAt,
            String changedBy) {

        /// The same while a member watches another artifact.
        public Wanted watching(String other, long member) {
            return new Wanted(
                    plugin, version, sha256, before, highest, other, member, changedAt, changedBy);
        }

        /// The same while none is watched.
        public Wanted unwatched() {
            return new Wanted(
                    plugin, version, sha256, before, highest, null, 0, changedAt, changedBy);
        }
    }

    /// What a member says of one plugin.
    ///
    /// @param member its run
    /// @param version that serves there; null: none does
    /// @param sha256 of its artifact, in hex; null: none serves
    /// @param state a word such as `serving` or `behind`
    /// @param reason why it is not what is wanted; empty where it is
    record Observed(
            long member,
            String plugin,
            @Nullable String version,
            @Nullable String sha256,
            String state,
            String reason,
            Instant since) {}

    /// A change of version that has ended.
    ///
    /// @param from null: the plugin was new
    /// @param to null: it was removed
    /// @param outcome a word such as `serving` or `returned`
    /// @param reason why it did not serve; empty when it did
    record Rollout(
            String plugin,
            @Nullable String from,
            @Nullable String to,
            @Nullable String sha256,
            String outcome,
            String reason,
            String actor,
            Instant began,
            Instant ended) {}
}
