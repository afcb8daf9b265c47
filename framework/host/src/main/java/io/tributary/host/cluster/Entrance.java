package io.tributary.host.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Enters this member in the members' table, before it tells anybody anything.
final class Entrance {

    private final ClusterSettings settings;
    private final Roster roster;
    private final Members members;

    Entrance(ClusterSettings settings, Roster roster, Members members) {
        this.settings = settings;
        this.roster = roster;
        this.members = members;
    }

    /// Where two have one name, the newest row says whose it is: a member that starts again at once
    /// still finds itself in the grid, as it was before.
    ///
    /// @return what the grid called this member then
    /// @throws GridRefused there is no row, or the name is another's
    UUID enter() throws GridRefused, InterruptedException {
        UUID self = members.selfId();
        Optional<Roster.Entry> newest = OwnRow.newest(written(self), settings.member());
        if (newest.isPresent()) {
            if (!newest.get().gridMember().equals(self)) {
                throw new GridRefused(
                        "another member called '%s' has entered itself in the members' table: give this one another cluster.member"
                                .formatted(settings.member()));
            }
        } else if (!members.await(each -> each.elder().isEmpty(), settings.times().namesake())) {
            throw new GridRefused(
                    members.elder().map(Entrance::taken).orElse("another member has our name"));
        }
        return self;
    }

    private List<Roster.Entry> written(UUID self) throws GridRefused, InterruptedException {
        var question =
                new FutureTask<>(() -> {
                    roster.enter(self);
                    return roster.live();
                });
        Thread.ofPlatform().daemon().name("grid-entrance").start(question);
        Duration patience = settings.times().grace().dividedBy(2);
        try {
            return question.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof GridRefused refused) {
                throw refused;
            }
            throw unwritten(failure);
        } catch (TimeoutException late) {
            throw unwritten(late);
        } finally {
            question.cancel(true);
        }
    }

    private static GridRefused unwritten(Exception why) {
        return new GridRefused(
                "it could not enter itself in the members' table: does it reach the database?",
                why);
    }

    private static String taken(GridMember other) {
        return "a member called '%s' is in the grid already, at %s since %s: give this one another cluster.member"
                .formatted(other.name(), other.address(), other.since());
    }
}
