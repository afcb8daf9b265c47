package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Outbox.Priority;
import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The part of an account's outbox that is in memory: read page by page, lanes by conversation,
/// bounded. Where it fills up, lanes that wait for somebody to come leave it until then, so that
/// they stand in nobody's way. Only the dispatcher's loop touches it.
final class Backlog {

    private static final int PAGE = 500;

    /// How many are taken from behind the bulk in one go.
    private static final int SOME = 50;

    /// What is taken from behind the bulk, with the bulk before it, may make so many times more.
    private static final int AHEAD = 3;

    /// Of lanes that are away so many times more are remembered than are held in memory.
    private static final int AWAY = 10;

    private final AccountId account;
    private final Outbox outbox;
    private final int most;
    private final Map<ConversationId, Lane> lanes = new HashMap<>();
    private final Map<Long, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> expiring =
            new TreeSet<>(
                    Comparator.comparing((Entry entry) -> entry.send().expiresAt())
                            .thenComparingLong(entry -> entry.send().id()));

    private final Away away;

    /// Lanes that have ended here although more of them was passed over: up to which send somebody
    /// waits for them.
    private final LinkedHashMap<ConversationId, Long> unread = new LinkedHashMap<>();

    /// Every pending send up to this id was looked at; those of full lanes were passed over.
    private long seen;

    private boolean behind;

    /// The same for those of normal priority: where bulk fills memory they are looked for beyond.
    private long seenFirst;

    private boolean behindFirst;

    /// How many of those in memory are of normal priority.
    private int normal;

    /// @param most how many sends are held at once; of normal priority so many, whatever bulk
    ///   holds, with the bulk before them three times as many in all
    Backlog(AccountId account, Outbox outbox, int most) {
        this.account = account;
        this.outbox = outbox;
        this.most = most;
        this.away = new Away(AWAY * most);
    }

    /// Reads on until memory or outbox end; of what is behind the bulk only some, and more when it
    /// is asked again. Blocks on the journal.
    ///
    /// @param woken told of each lane that had no work before
    void load(Consumer<Lane> woken) {
        behind = true;
        behindFirst = true;
        goOn(woken);
        comeBack(woken);
        behind = !readOn(woken);
        behindFirst = behind && !readAhead(woken);
    }

    /// @return whether that was all
    private boolean readOn(Consumer<Lane> woken) {
        while (entries.size() < most) {
            var page = outbox.pending(account, seen, PAGE);
            for (var send : page) {
                if (entries.size() >= most) {
                    return false;
                }
                seen = Math.max(seen, send.id());
                add(send, woken);
            }
            if (page.size() < PAGE) {
                return true;
            }
        }
        return false;
    }

    /// Takes what somebody waits for from behind the bulk: some of it, since each has its
    /// conversation read, and those that are here already wait for that.
    ///
    /// @return whether that was all
    private boolean readAhead(Consumer<Lane> woken) {
        seenFirst = Math.max(seenFirst, seen);
        if (!hasRoomAhead(1)) {
            return false;
        }
        var page = outbox.pendingFirst(account, seenFirst, SOME);
        for (var send : page) {
            if (!hasRoomAhead(1)) {
                return false;
            }
            // read first: what cannot be read now is met again
            takeAlong(send, woken);
            seenFirst = Math.max(seenFirst, send.id());
        }
        return page.size() < SOME;
    }

    /// With all that goes before it in its conversation.
    private void takeAlong(Outbox.Send send, Consumer<Lane> woken) {
        if (entries.containsKey(send.id()) || away.takes(send)) {
            return;
        }
        var lane = lanes.get(send.conversation());
        if (lane == null || !lane.missing()) {
            readLane(send.conversation(), woken);
        }
        raise(send.conversation(), send.id(), woken);
    }

    private void readLane(ConversationId conversation, Consumer<Lane> woken) {
        // one more than it holds: so it knows whether there are more
        outbox.pendingIn(conversation, account, Lane.MOST + 1).forEach(each -> add(each, woken));
    }

    /// Somebody waits for what is in a lane, or behind it.
    ///
    /// @param send that is waited for
    private void raise(ConversationId conversation, long send, Consumer<Lane> woken) {
        var lane = lanes.get(conversation);
        if (lane != null) {
            var before = lane.priority();
            lane.raise(send);
            if (lane.priority() != before) {
                woken.accept(lane);
            }
        }
    }

    /// Whether there is room for sends that were passed over, or are wanted back. For those passed
    /// over there has to be room for a whole page: reading one for each send that leaves would read
    /// the same ones again and again.
    boolean isBehind() {
        int page = Math.min(PAGE, most / 2);
        return (behind && entries.size() <= most - page)
                || (behindFirst && hasRoomAhead(Math.min(SOME, page)))
                || hasUnreadWithRoom()
                || nextBack() != null;
    }

    /// Who is wanted back and finds room.
    private @Nullable Absence nextBack() {
        var first = hasRoomAhead(1) ? away.next(Priority.NORMAL) : null;
        return first == null && entries.size() < most ? away.next(Priority.BULK) : first;
    }

    private boolean hasRoomAhead(int sends) {
        return normal <= most - sends && entries.size() <= AHEAD * most - sends;
    }

    /// Each lane by itself: to look at all that was passed over once more for the sake of one would
    /// read what is here again and again.
    private void goOn(Consumer<Lane> woken) {
        while (hasUnreadWithRoom()) {
            // read first: while the journal cannot be read it stays
            var next = unread.firstEntry();
            readLane(next.getKey(), woken);
            unread.pollFirstEntry();
            if (next.getValue() > 0) {
                raise(next.getKey(), next.getValue(), woken);
            }
        }
    }

    private boolean hasUnreadWithRoom() {
        return !unread.isEmpty() && entries.size() < AHEAD * most;
    }

    private void comeBack(Consumer<Lane> woken) {
        for (var absence = nextBack(); absence != null; absence = nextBack()) {
            // read first: while the journal cannot be read it stays away
            var sends = outbox.pendingIn(absence.conversation(), account, Lane.MOST + 1);
            away.forget(absence);
            sends.forEach(send -> add(send, woken));
            if (absence.priority() == Priority.NORMAL) {
                raise(absence.conversation(), absence.waitedFor(), woken);
            }
        }
    }

    /// Has a lane leave memory until somebody comes, where memory fills up.
    ///
    /// @param whom it waits for; empty: anybody
    /// @return false: it stays
    boolean leave(Lane lane, String whom) {
        boolean crowded = entries.size() >= most / 2;
        if (!crowded || lane.isEmpty() || lane.isBusy() || !away.take(lane, whom)) {
            return false;
        }
        for (var entry : lane.all()) {
            forget(entry);
        }
        lanes.remove(lane.conversation());
        // whatever was to wake it is over
        lane.nextWake();
        return true;
    }

    /// Who is away and waits for somebody comes back as soon as there is room.
    ///
    /// @param whom null: all come back
    void want(@Nullable String whom) {
        away.want(whom);
    }

    /// Somebody wrote: perhaps through one who is there.
    void spoke(ConversationId conversation) {
        away.want(conversation);
    }

    /// What is away and of no use any more comes back, to be brought to its end.
    void wantExpired(Instant now) {
        away.wantExpired(now);
    }

    boolean isAnyAway() {
        return !away.isEmpty();
    }

    private void add(Outbox.Send send, Consumer<Lane> woken) {
        if (entries.containsKey(send.id()) || away.takes(send)) {
            return;
        }
        var lane = lanes.computeIfAbsent(send.conversation(), Lane::new);
        boolean idle = lane.isEmpty();
        var before = lane.priority();
        var entry = new Entry(send);
        if (lane.add(entry)) {
            entries.put(send.id(), entry);
            expiring.add(entry);
            normal += send.priority() == Priority.NORMAL ? 1 : 0;
        } else if (send.priority() == Priority.NORMAL) {
            lane.raise(send.id());
        }
        if (idle || lane.priority() != before) {
            woken.accept(lane);
        }
    }

    private void forget(Entry entry) {
        expiring.remove(entry);
        if (entries.remove(entry.send().id()) != null) {
            normal -= entry.send().priority() == Priority.NORMAL ? 1 : 0;
        }
    }

    @Nullable Lane lane(ConversationId conversation) {
        return lanes.get(conversation);
    }

    /// Forgets a send that is final.
    void remove(long id) {
        var entry = entries.get(id);
        if (entry == null) {
            return;
        }
        forget(entry);
        var lane = lanes.get(entry.send().conversation());
        if (lane == null) {
            return;
        }
        lane.remove(id);
        if (lane.isEmpty()) {
            lanes.remove(lane.conversation());
            if (lane.missing()) {
                unread.put(lane.conversation(), lane.waitedFor());
            }
        }
    }

    /// What is of no use any more and not under way.
    List<Entry> expired(Instant now) {
        var over = new ArrayList<Entry>();
        while (!expiring.isEmpty() && !expiring.first().send().expiresAt().isAfter(now)) {
            over.add(expiring.removeFirst());
        }
        return over;
    }

    /// Looks at the expiry of a send again later.
    void watchExpiry(Entry entry) {
        if (entry.equals(entries.get(entry.send().id()))) {
            expiring.add(entry);
        }
    }

    void forgetExpiry(Entry entry) {
        expiring.remove(entry);
    }

    @Nullable Instant nextExpiry() {
        var here = expiring.isEmpty() ? null : expiring.first().send().expiresAt();
        var there = away.nextExpiry();
        if (here == null || there == null) {
            return here == null ? there : here;
        }
        return here.isBefore(there) ? here : there;
    }
}
