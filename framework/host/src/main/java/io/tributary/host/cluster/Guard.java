package io.tributary.host.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that this member stays in no grid with strangers: the community edition of Hazelcast
/// lets in whoever reaches the port and says the cluster's name. It cannot put anybody out either,
/// so it is us who leave.
///
/// Others are judged only by a reading of the roster that shows our own row: where that is missing
/// something is wrong with us or with the table. While the roster cannot answer nobody becomes a
/// stranger: a database that is away must not end the grid as well. This member, too, has to have
/// its row, in half the time and however the roster hangs, so one thread asks and another watches.
final class Guard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final Members members;
    private final RosterCalls roster;
    private final GridTimes times;
    private final Consumer<String> leave;
    private final Strangers strangers;
    private final OwnRow own;
    private final ScheduledExecutorService asking = thread("grid-roster");
    private final ScheduledExecutorService watching = thread("grid-guard");
    private boolean silent;

    /// @param name this member's
    /// @param leave is told why, once or several times
    Guard(Members members, String name, Roster roster, GridTimes times, Consumer<String> leave) {
        this.members = members;
        this.times = times;
        this.leave = leave;
        this.roster = new RosterCalls(roster, times.grace().dividedBy(8));
        this.strangers = new Strangers(times.grace());
        this.own = new OwnRow(name, times);
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    /// Begins to judge, once this member has entered itself.
    void start(UUID entered) {
        own.entered(entered);
        members.onChange(all -> strangers.see(all, System.nanoTime()));
        long pause = Math.clamp(times.grace().toMillis() / 10, 10, 1000);
        var _ = asking.scheduleWithFixedDelay(this::ask, 0, pause, TimeUnit.MILLISECONDS);
        var _ = watching.scheduleWithFixedDelay(this::watch, 0, pause, TimeUnit.MILLISECONDS);
    }

    /// Does not wait for what the roster is asked: the one who closes may hold what it needs.
    @Override
    public void close() {
        asking.shutdownNow();
        watching.shutdownNow();
    }

    /// What an operator should know; empty when all is well.
    Optional<String> trouble() {
        Optional<String> lost = own.trouble();
        if (lost.isPresent()) {
            return lost;
        }
        // a member that stands still is gone before that
        Duration patience = times.silence().multipliedBy(2).plus(times.grace());
        List<GridMember> lapsed = strangers.lapsed(System.nanoTime(), patience);
        return lapsed.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "members in the grid have no live row in the members' table any more: "
                                + lapsed.stream()
                                        .map(each -> each.name() + " at " + each.address())
                                        .collect(Collectors.joining(", ")));
    }

    /// On the asking thread.
    private void ask() {
        if (members.all().isEmpty()) {
            // we have left: no row must say that we are here
            return;
        }
        try {
            UUID self = members.selfId();
            strangers.see(members.all(), System.nanoTime());
            long now = System.nanoTime();
            List<Roster.Entry> live = roster.live();
            silent = false;
            switch (own.read(live, self, now)) {
                case LIVE -> judge(live, now);
                case MISSING -> {
                    strangers.unread();
                    roster.enter(self);
                    own.entered(self);
                }
                case TAKEN -> strangers.unread();
            }
        } catch (GridRefused refused) {
            LOG.warn("not entered in the members' table reason=\"{}\"", refused.getMessage());
        } catch (RuntimeException unanswered) {
            own.unread();
            strangers.unread();
            if (!silent) {
                LOG.warn(
                        "cannot tell who belongs to the grid failure={}",
                        unanswered.getClass().getName());
            }
            silent = true;
        } catch (Error failure) {
            // without this thread strangers would be welcome
            LOG.error("the guard of the grid failed", failure);
        }
    }

    private void judge(List<Roster.Entry> live, long now) {
        Set<UUID> ids =
                live.stream().map(Roster.Entry::gridMember).collect(Collectors.toUnmodifiableSet());
        strangers
                .judge(ids, now)
                .ifPresent(stranger ->
                        leave.accept(
                                "the member at %s (%s, says its name is %s) has no row in the members' table: whoever reaches the port of the grid can join it, so find out what runs there and restart this member"
                                        .formatted(
                                                stranger.address(),
                                                stranger.uuid(),
                                                stranger.name())));
    }

    /// On a thread that never waits for the roster.
    private void watch() {
        try {
            long now = System.nanoTime();
            roster.interruptLate(now);
            own.overdue(members.selfId(), now).ifPresent(leave);
        } catch (RuntimeException | Error failure) {
            LOG.error("the guard of the grid failed", failure);
        }
    }
}
