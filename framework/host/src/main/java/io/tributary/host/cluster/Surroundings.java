package io.tributary.host.cluster;

import com.hazelcast.core.HazelcastInstance;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What everything that crosses the grid needs.
///
/// @param log which log this member has, in which state, now
record Surroundings(
        HazelcastInstance hazelcast,
        Sealed sealed,
        Members members,
        GridFigures figures,
        Alarm alarm,
        Supplier<LogTimeline> log) {

    /// Whether positions that came mean nothing here, which is counted then.
    ///
    /// @param sender null: not known
    Optional<Loss> unlike(String feed, @Nullable UUID sender, LogTimeline timeline) {
        Optional<Loss> unlike = timeline.unlike(log.get());
        unlike.ifPresent(loss -> {
            figures.lost(feed, loss);
            if (loss == Loss.OTHER_LOG) {
                alarm.otherLog(feed, sender);
            }
        });
        return unlike;
    }
}
