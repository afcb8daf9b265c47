package io.tributary.host.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that this member stays in no grid with strangers: the community edition of Hazelcast
/// lets in whoever reaches the port and says the cluster's name. It cannot put anybody out either,
/// so it is us who leave.
///
/// This member, too, has to have its row, in half the time and whether or not the roster answers:
/// one that reaches the others but not the database would make all of them leave.
///
/// A stranger is who the roster does not know for longer than the grace. Who was known is asked
/// about again now and then. While the roster cannot answer nobody becomes a stranger: a database
/// that is away must not end the grid as well.
final class Guard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
    private static final long KNOWN_FOR = Duration.ofSeconds(30).toNanos();

    private final Members members;
    private final Roster roster;
    private final GridTimes times;
    private final Consumer<String> leave;
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("grid-guard").factory());

    /// Since when, by the monotonic clock. Both of the guard's thread.
    private final Map<UUID, Long> unknown = new HashMap<>();

    private final Map<UUID, Long> known = new HashMap<>();
    private @Nullable UUID entered;
    private @Nullable UUID entering;
    private long entersSince;
    private long elder;
    private boolean silent;

    /// @param leave is told why, once or several times
    Guard(Members members, Roster roster, GridTimes times, Consumer<String> leave) {
        this.members = members;
        this.roster = roster;
        this.times = times;
        this.leave = leave;
    }

    void start() {
        long pause = Math.clamp(times.grace().toMillis() / 5, 20, 1000);
        var _ = rounds.scheduleWithFixedDelay(this::round, 0, pause, TimeUnit.MILLISECONDS);
    }

    /// Does not wait for a round that asks the roster: the one who closes may hold what it needs.
    @Override
    public void close() {
        rounds.shutdownNow();
    }

    private void round() {
        try {
            long now = System.nanoTime();
            unknown.keySet().retainAll(members.others());
            known.keySet().retainAll(members.others());
            enter(members.selfId(), now);
            for (GridMember each : members.all()) {
                if (!each.self()) {
                    look(each, now);
                }
            }
            namesake(now);
        } catch (RuntimeException | Error failure) {
            // without this thread strangers would be welcome
            LOG.error("the guard of the grid failed", failure);
        }
    }

    private void enter(UUID self, long now) {
        if (self.equals(entered)) {
            return;
        }
        if (!self.equals(entering)) {
            entering = self;
            entersSince = now;
        }
        try {
            if (roster.knows(self)) {
                entered = self;
                return;
            }
        } catch (RuntimeException unanswered) {
            LOG.debug("not entered yet failure={}", unanswered.getClass().getName());
        }
        if (now - entersSince >= times.grace().toNanos() / 2) {
            leave.accept(
                    "it could not enter itself in the members' table: does it reach the database?");
        }
    }

    private void look(GridMember member, long now) {
        Long last = known.get(member.uuid());
        if (last != null && now - last < KNOWN_FOR) {
            return;
        }
        boolean there;
        try {
            there = roster.knows(member.uuid());
            silent = false;
        } catch (RuntimeException unanswered) {
            unknown.remove(member.uuid());
            if (!silent) {
                LOG.warn(
                        "cannot tell who belongs to the grid failure={}",
                        unanswered.getClass().getName());
            }
            silent = true;
            return;
        }
        if (there) {
            known.put(member.uuid(), now);
            unknown.remove(member.uuid());
            return;
        }
        known.remove(member.uuid());
        long since = unknown.computeIfAbsent(member.uuid(), _ -> now);
        if (now - since >= times.grace().toNanos()) {
            leave.accept(
                    "the member at %s (%s, says its name is %s) has no row in the members' table: whoever reaches the port of the grid can join it, so find out what runs there and restart this member"
                            .formatted(member.address(), member.uuid(), member.name()));
        }
    }

    /// Two parts of a torn grid may each have had one.
    private void namesake(long now) {
        Optional<GridMember> other = members.elder();
        if (other.isEmpty()) {
            elder = 0;
        } else if (elder == 0) {
            elder = now;
        } else if (now - elder >= times.namesake().toNanos()) {
            leave.accept(taken(other.get()));
        }
    }

    /// Why a name cannot be had.
    static String taken(GridMember other) {
        return "a member called '%s' is in the grid already, at %s since %s: give this one another cluster.member"
                .formatted(other.name(), other.address(), other.since());
    }
}
