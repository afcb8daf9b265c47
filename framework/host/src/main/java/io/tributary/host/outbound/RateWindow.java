package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox.Priority;
import io.tributary.spi.Capabilities.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// At most so many permits in any stretch of so much time, exactly: of each permit it is kept when
/// it was used last, and it may be used again when that is far enough in the past.
///
/// A permit is taken before it is used: it counts from when the call begins, however long a commit
/// before it takes. A high rate is cut into equal pieces, so that the memory is bounded. Whoever
/// needs several permits may reserve what gets free, so that those who need one do not take them
/// away for ever; and who is waited for may reserve the next one, so that bulk that comes by does
/// not take it. For one thread at a time.
final class RateWindow {

    /// How many times are kept at the most.
    private static final int MOST_TIMES = 1_000;

    /// What a member before this one may have spent without our knowing is counted as spent, for
    /// rates up to this time; to wait longer would cost more than it saves.
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    /// When to look again where permits are in the hands of sends that have not begun yet.
    static final Duration IN_HAND = Duration.ofMillis(20);

    /// Who does not come for what is reserved loses it after this time.
    private static final Duration KEPT = Duration.ofSeconds(5);

    /// When those that nobody holds were used last.
    private final PriorityQueue<Instant> used = new PriorityQueue<>();

    private final int permits;
    private final Duration per;
    private Instant newest;
    private final Map<Priority, Reserved> reserved = new EnumMap<>(Priority.class);

    RateWindow(Rate rate, Instant began) {
        int pieces = (rate.permits() + MOST_TIMES - 1) / MOST_TIMES;
        this.permits = Math.max(1, rate.permits() / pieces);
        this.per = rate.per().dividedBy(pieces);
        this.newest = rate.per().compareTo(REMEMBERED) > 0 ? Instant.EPOCH : began;
        for (int i = 0; i < permits; i++) {
            used.add(newest);
        }
    }

    /// @param lapses when others may have it
    private record Reserved(Ask by, int cost, Instant lapses) {}

    /// A send that wants permits.
    ///
    /// @param cost how many
    record Ask(Ends ends, Priority priority, int cost) {

        /// Whether what the other has reserved is kept from this one. Bulk keeps nothing from those
        /// who are waited for, and among these nobody keeps a single permit from the others.
        boolean respects(Ask other) {
            if (ends.equals(other.ends)) {
                return false;
            }
            return priority == Priority.BULK
                    || (other.priority == Priority.NORMAL && other.cost > 1);
        }
    }

    /// What somebody holds who has not begun yet.
    ///
    /// @param cost how many permits it is worth; more than are held where the window has not as
    ///   many
    record Taken(List<Instant> before, int cost) {}

    /// From when on so many permits are free for a send between these ends, as far as can be said.
    Instant freeAt(Ask ask, Instant now) {
        int wanted = wanted(ask.cost()) + reserved(ask, now);
        if (wanted <= permits) {
            return freeAt(wanted, now);
        }
        // not before those are gone for whom the rest is reserved
        var all = freeAt(permits, now);
        var soon = now.plus(IN_HAND);
        return all.isAfter(soon) ? all : soon;
    }

    private Instant freeAt(int wanted, Instant now) {
        if (used.size() < wanted) {
            // that depends on those who hold some
            return now.plus(IN_HAND);
        }
        if (wanted == 1) {
            return used.element().plus(per);
        }
        var first = poll(wanted);
        used.addAll(first);
        return first.getLast().plus(per);
    }

    /// Whether one is left for each of so many others where a send takes what it costs.
    boolean leaves(int others, Ask ask, Instant now) {
        int all = others + wanted(ask.cost());
        return others == 0 || (all <= permits && !freeAt(all, now).isAfter(now));
    }

    /// How many are kept for somebody else.
    private int reserved(Ask ask, Instant now) {
        return reserved.values().stream()
                .filter(one -> ask.respects(one.by()) && !one.lapses().isBefore(now))
                .mapToInt(Reserved::cost)
                .sum();
    }

    /// Keeps permits as they get free for a send that needs more than are, unless others of its
    /// priority are kept: nothing where bulk needs a single one.
    void reserve(Ask ask, Instant now) {
        int wanted = wanted(ask.cost());
        var kept = reserved.get(ask.priority());
        boolean isTaken =
                kept != null
                        && !kept.lapses().isBefore(now)
                        && !kept.by().ends().equals(ask.ends())
                        && (kept.cost() > 1 || wanted == 1);
        if (isTaken) {
            return;
        }
        if (wanted == 1 && ask.priority() == Priority.BULK) {
            reserved.remove(Priority.BULK);
            return;
        }
        var free = freeAt(wanted, now);
        var from = free.isAfter(now) ? free : now;
        reserved.put(ask.priority(), new Reserved(ask, wanted, from.plus(KEPT)));
    }

    /// Takes permits that are free.
    Taken take(Ask ask) {
        reserved.values().removeIf(one -> one.by().ends().equals(ask.ends()));
        return new Taken(poll(wanted(ask.cost())), ask.cost());
    }

    /// They are used now. What costs more than all permits together keeps them for longer.
    void use(Taken taken, Instant now) {
        for (int i = 0; i < taken.cost(); i++) {
            if (i >= taken.cost() - taken.before().size()) {
                var at = now.plus(per.multipliedBy(i / permits));
                used.add(at);
                newest = at.isAfter(newest) ? at : newest;
            }
        }
    }

    /// They were not used.
    void giveBack(Taken taken) {
        used.addAll(taken.before());
    }

    /// Whether it remembers nothing that counts.
    boolean isIdle(Instant now) {
        return used.size() == permits && newest.plus(per).isBefore(now);
    }

    private int wanted(int cost) {
        return Math.min(cost, permits);
    }

    private List<Instant> poll(int count) {
        var first = new ArrayList<Instant>(count);
        for (int i = 0; i < count; i++) {
            first.add(used.remove());
        }
        return first;
    }
}
