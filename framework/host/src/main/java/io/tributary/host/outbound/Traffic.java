package io.tributary.host.outbound;

import io.tributary.host.accounts.Wire;
import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Outbox.State;
import io.tributary.model.ConversationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which lane of an account goes next, and what follows when its first send comes back. Only the
/// dispatcher's loop touches it.
final class Traffic {

    private static final int MOST_CHORES = 64;

    /// Who waits for a wire is told when one comes; should that get lost, it looks by itself.
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final Equipment equipment;
    private final Throttle throttle;
    private final Backlog backlog;
    private final Sender sender;
    private final Crew crew;
    private final Timers timers = new Timers();
    private final LaneQueue ready = new LaneQueue();
    private final ArrayDeque<Lane> unsettled = new ArrayDeque<>();
    private final Set<Long> unknown = new HashSet<>();
    private final Departures departures = new Departures();
    private int finding;
    private long changes;

    Traffic(Equipment equipment, Throttle throttle, Backlog backlog, Sender sender, Crew crew) {
        this.equipment = equipment;
        this.throttle = throttle;
        this.backlog = backlog;
        this.sender = sender;
        this.crew = crew;
    }

    /// Does all that can be done now.
    ///
    /// @param look whether the outbox may hold something new
    void step(boolean look) {
        var now = equipment.now();
        if (sender.look(now)) {
            throttle.probeAccount();
        }
        if (sender.maySend() && sender.own() != null) {
            // it needs nobody to come any more
            backlog.want(null);
        }
        backlog.wantExpired(now);
        if (look || backlog.isBehind()) {
            backlog.load(this::place);
        }
        backlog.expired(now).forEach(this::expire);
        timers.runDue(now);
        settle();
        send();
    }

    /// When something is due next; null: nothing is.
    @Nullable Instant next() {
        if (backlog.isBehind()) {
            return equipment.now();
        }
        var timer = timers.next();
        var expiry = backlog.nextExpiry();
        if (timer == null || expiry == null) {
            return timer == null ? expiry : timer;
        }
        return timer.isBefore(expiry) ? timer : expiry;
    }

    boolean waitsForReceipts() {
        return !unknown.isEmpty();
    }

    void receipt(ConversationId conversation) {
        var lane = backlog.lane(conversation);
        var head = lane == null ? null : lane.head();
        if (lane == null || head == null || head.send().state() != State.UNKNOWN) {
            return;
        }
        if (head.busy()) {
            head.poke();
        } else {
            place(lane);
        }
    }

    /// Whether it matters who comes, goes or speaks.
    boolean waitsForWires() {
        return finding > 0
                || departures.isAwaiting()
                || departures.isAnyStanding()
                || backlog.isAnyAway();
    }

    /// Whether the next step may look for wires.
    boolean looksForWires() {
        return sender.own() == null;
    }

    /// A wire may have come, or was shut.
    ///
    /// @param who came; null: anybody
    void wiresChanged(@Nullable String who) {
        changes++;
        departures.lookAtWires();
        var _ = placeStranded();
        departures.awaiting(who).forEach(this::place);
        backlog.want(who);
    }

    /// @return whether there was any
    private boolean placeStranded() {
        var first = departures.nextStranded();
        for (var lane = first; lane != null; lane = departures.nextStranded()) {
            lane.queued(false);
            place(lane);
        }
        return first != null;
    }

    /// Perhaps through another device than before: wherever the lane stands or waits, or whatever
    /// is being found for it, may be wrong now.
    void spoke(ConversationId conversation) {
        backlog.spoke(conversation);
        var lane = backlog.lane(conversation);
        var head = lane == null ? null : lane.head();
        if (lane == null || head == null || sender.own() != null) {
            return;
        }
        if (head.busy()) {
            head.poke();
        } else if (departures.isAwaiting(lane)) {
            place(lane);
        } else if (lane.queued() && departures.stepBack(lane)) {
            lane.queued(false);
            place(lane);
        }
    }

    void release() {
        if (sender.release(equipment.now())) {
            throttle.probeAccount();
        }
    }

    /// Puts a lane where its first send belongs.
    private void place(Lane lane) {
        var head = lane.head();
        departures.wake(lane);
        if (lane.queued()) {
            ready.raise(lane);
            departures.raise(lane);
        }
        if (head == null || head.busy() || lane.queued()) {
            return;
        }
        switch (head.send().state()) {
            case QUEUED, HELD -> {
                var due = due(lane, head);
                if (due.isAfter(equipment.now())) {
                    wake(lane, due);
                } else {
                    lane.queued(true);
                    ready.add(lane);
                }
            }
            case SENDING, UNKNOWN -> {
                lane.queued(true);
                unsettled.add(lane);
            }
            case ACCEPTED, REJECTED, EXPIRED ->
                    throw new IllegalStateException("a final send is still in a lane");
        }
    }

    private Instant due(Lane lane, Entry head) {
        var notBefore = head.send().notBefore();
        var due = notBefore == null ? Instant.EPOCH : notBefore;
        var manner = lane.manner();
        if (manner == null) {
            return due;
        }
        var chance = throttle.chance(manner, lane.priority(), equipment.now());
        return chance.isAfter(due) ? chance : due;
    }

    private void wake(Lane lane, Instant at) {
        long wake = lane.nextWake();
        timers.at(
                at,
                () -> {
                    if (lane.isCurrent(wake)) {
                        place(lane);
                    }
                });
    }

    private void send() {
        do {
            sendReady();
            depart();
            // whoever stood before a wire that was shut looks for another one
        } while (placeStranded());
    }

    private void sendReady() {
        while (!ready.isEmpty() && sender.maySend() && mayTake()) {
            var lane = ready.remove();
            lane.queued(false);
            var head = lane.head();
            if (head == null || head.busy()) {
                continue;
            }
            if (due(lane, head).isAfter(equipment.now())) {
                place(lane);
                continue;
            }
            var own = sender.own();
            if (own == null) {
                find(lane, head);
            } else if (!attempt(
                    own, sender.places(), lane, head, next -> finished(lane, head, next))) {
                return;
            }
        }
    }

    private boolean mayTake() {
        if (sender.own() == null) {
            return crew.chores() < MOST_CHORES;
        }
        return sender.places().hasRoom(ready.isBulkNext());
    }

    /// @return false: the channel takes no work now
    private boolean attempt(Wire wire, Places places, Lane lane, Entry head, Consumer<Next> then) {
        var place = places.take();
        var attempt = new Attempt(equipment, throttle, wire, place, lane, head);
        if (!crew.send(wire.account().calls(), attempt, place::leave, then)) {
            attempt.drop();
            place(lane);
            return false;
        }
        head.busy(true);
        return true;
    }

    private void find(Lane lane, Entry head) {
        head.busy(true);
        finding++;
        crew.chore(
                new Finding(equipment, sender.account(), head, changes),
                next -> {
                    finding--;
                    finished(lane, head, next);
                });
    }

    /// Lets those go that stand before a wire with room.
    private void depart() {
        if (!sender.maySend()) {
            return;
        }
        for (var each = departures.next(); each != null; each = departures.next()) {
            var lane = each.lane();
            var wire = each.wire();
            lane.queued(false);
            var head = lane.head();
            if (head == null
                    || head.busy()
                    || !attempt(
                            wire,
                            Places.countedElsewhere(),
                            lane,
                            head,
                            next -> {
                                departures.back(wire);
                                finished(lane, head, next);
                            })) {
                departures.back(wire);
            }
        }
    }

    private void settle() {
        while (!unsettled.isEmpty() && crew.chores() < MOST_CHORES) {
            var lane = unsettled.remove();
            lane.queued(false);
            var head = lane.head();
            if (head == null || head.busy()) {
                continue;
            }
            head.busy(true);
            crew.chore(
                    head.send().state() == State.SENDING
                            ? new Recovery(equipment, head)
                            : new Inquiry(equipment, head),
                    next -> finished(lane, head, next));
        }
    }

    private void expire(Entry entry) {
        var lane = backlog.lane(entry.send().conversation());
        var state = entry.send().state();
        if (lane == null || entry.busy() || (state != State.QUEUED && state != State.HELD)) {
            // Looked at again when what is under way has come to an end.
            return;
        }
        if (crew.chores() >= MOST_CHORES) {
            expireLater(entry);
            return;
        }
        entry.busy(true);
        crew.chore(
                new Expiry(equipment, entry),
                next -> {
                    finished(lane, entry, next);
                    if (next instanceof Next.NotNow) {
                        backlog.forgetExpiry(entry);
                        expireLater(entry);
                    }
                });
    }

    private void expireLater(Entry entry) {
        var soon = equipment.now().plus(equipment.pace().journal());
        timers.at(soon, () -> backlog.watchExpiry(entry));
    }

    private void finished(Lane lane, Entry entry, Next next) {
        entry.busy(false);
        switch (next) {
            case Next.Keep(var send) -> keep(lane, entry, send);
            case Next.Stopped(var send, var reason, var account) -> {
                sender.stop(account, reason, equipment.now());
                keep(lane, entry, send);
            }
            case Next.NotNow(var at) -> {
                backlog.watchExpiry(entry);
                wake(lane, entry.takePoke() ? equipment.now() : at);
            }
            case Next.Found(var wire, int most) -> {
                backlog.watchExpiry(entry);
                if (wire.open() && !entry.takePoke()) {
                    lane.queued(true);
                    departures.stand(lane, wire, most);
                } else {
                    place(lane);
                }
            }
            case Next.Waits(String whom, long then) -> {
                backlog.watchExpiry(entry);
                if (then != changes || entry.takePoke()) {
                    place(lane);
                } else if (!backlog.leave(lane, whom)) {
                    wake(lane, equipment.now().plus(LOOK_AGAIN));
                    departures.await(lane, whom);
                }
            }
            case Next.Leave(var ids, boolean taken) -> {
                for (var id : ids) {
                    backlog.remove(id);
                    unknown.remove(id);
                }
                if (taken) {
                    sender.works();
                }
                place(lane);
            }
        }
    }

    private void keep(Lane lane, Entry entry, Outbox.Send send) {
        boolean wasUnknown = entry.send().state() == State.UNKNOWN;
        entry.send(send);
        if (send.state() == State.UNKNOWN) {
            if (!wasUnknown) {
                entry.notLookedUp();
            }
            unknown.add(send.id());
        } else {
            unknown.remove(send.id());
        }
        backlog.watchExpiry(entry);
        place(lane);
    }
}
