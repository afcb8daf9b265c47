package io.tributary.host.rollouts;

import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.model.ChannelId;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tries a version that is loaded beside the one that serves.
final class Examination {

    private final Rollouts.Rooms rooms;
    private final Admission admission;

    Examination(Rollouts.Rooms rooms, Admission admission) {
        this.rooms = rooms;
        this.admission = admission;
    }

    /// What speaks against the version before it serves at all.
    Optional<String> objection(LoadedPlugin loaded, @Nullable LoadedPlugin before)
            throws InterruptedException {
        var rival = rooms.plugins().rival(loaded).or(() -> admission.usurps(loaded));
        if (rival.isPresent()) {
            return rival;
        }
        if (before != null) {
            Set<ChannelId> gone = new LinkedHashSet<>(Changeover.channels(before));
            gone.removeAll(Changeover.channels(loaded));
            var orphans = rooms.hosted().configured(gone);
            if (!orphans.isEmpty()) {
                return Optional.of(
                        "it does not bring "
                                + gone
                                + " any more, which accounts "
                                + orphans
                                + " need");
            }
        }
        for (var channel : loaded.channels()) {
            for (var account : rooms.hosted().of(Set.of(channel.descriptor().id()))) {
                var why = rooms.hosted().trial(account, channel);
                if (why.isPresent()) {
                    return Optional.of("account " + account + " cannot live on it: " + why.get());
                }
            }
        }
        return loaded.quarantine().why();
    }
}
