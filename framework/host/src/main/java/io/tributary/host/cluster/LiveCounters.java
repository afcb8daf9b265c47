package io.tributary.host.cluster;

import io.tributary.host.journal.Row;
import io.tributary.json.InteractionJson;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import io.tributary.model.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How each account fares, a fold over the log: whoever folds the same rows has the same figures.
/// Thread safe.
///
/// Every member folds all rows, as its tail brings them. Sums of what each member committed itself
/// would not do: question and answer of one conversation are committed by different members, and
/// what a member that ends has summed would be gone. So without the grid figures are late and never
/// wrong, and a snapshot of any member serves each.
public final class LiveCounters {

    private static final Logger LOG = LoggerFactory.getLogger(LiveCounters.class);

    /// What nobody has to answer, and what answers nobody.
    private static final Set<String> QUIET =
            Set.of("receipt", "mediaStored", "mediaFailed", "changed", "handover", "note");

    /// Types that may end a conversation.
    private static final Set<String> ENDING = Set.of("changed", "visit");

    private final ReentrantLock lock = new ReentrantLock();
    private final CountersState state;

    /// Counts from a position on.
    ///
    /// @param position the last one that is not counted; 0 for all of the log
    public LiveCounters(long position) {
        this(new CountersState(position));
    }

    private LiveCounters(CountersState state) {
        this.state = state;
    }

    /// Goes on from a snapshot; empty when it is of another version: begin anew.
    public static Optional<LiveCounters> restore(Bytes snapshot) {
        return CountersState.read(snapshot).map(LiveCounters::new);
    }

    /// Everything that was counted, to be stored beside the log.
    public Bytes snapshot() {
        lock.lock();
        try {
            return state.written();
        } finally {
            lock.unlock();
        }
    }

    /// The last position that is counted.
    public long position() {
        lock.lock();
        try {
            return state.position;
        } finally {
            lock.unlock();
        }
    }

    /// Counts rows; those that are counted already are left out.
    ///
    /// @param rows in order of position
    /// @return false: rows are missing before one of these, which is not counted, nor what follows
    ///   it. Read on in the log from [#position()]
    public boolean fold(List<Row> rows) {
        lock.lock();
        try {
            for (Row row : rows) {
                if (row.position() > state.position + 1) {
                    return false;
                }
                if (row.position() == state.position + 1) {
                    count(row);
                    state.position = row.position();
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Leaves out what the log no longer has.
    ///
    /// @param oldest the oldest position that is kept
    public void skipTo(long oldest) {
        lock.lock();
        try {
            state.position = Math.max(state.position, oldest - 1);
        } finally {
            lock.unlock();
        }
    }

    /// How each account fares that had anything to count.
    public List<Insight> insights() {
        lock.lock();
        try {
            Map<AccountId, Queue> queues = new HashMap<>();
            state.ongoing
                    .values()
                    .forEach(each ->
                            queues.computeIfAbsent(each.account(), _ -> new Queue()).add(each));
            List<Insight> insights = new ArrayList<>();
            state.tallies.forEach((account, tally) ->
                    insights.add(
                            insight(account, tally, queues.getOrDefault(account, new Queue()))));
            return insights;
        } finally {
            lock.unlock();
        }
    }

    private static Insight insight(AccountId account, Tally tally, Queue queue) {
        return new Insight(
                tally.channel,
                account,
                tally.arrivals,
                tally.answered,
                Duration.ofMillis(tally.untilAnswered),
                Duration.ofMillis(tally.longest),
                queue.open,
                queue.waiting,
                queue.since);
    }

    private void count(Row row) {
        ConversationId conversation = row.conversation();
        if (conversation == null) {
            return;
        }
        Tally tally = state.tallies.computeIfAbsent(row.account(), _ -> new Tally(row.channel()));
        Ongoing before = state.ongoing.get(conversation);
        boolean says = !QUIET.contains(row.type());
        if (says && row.direction() == Direction.INBOUND) {
            tally.arrivals++;
            state.ongoing.put(conversation, Ongoing.asked(before, row.account(), row.receivedAt()));
        } else if (says && row.direction() == Direction.OUTBOUND) {
            Instant since = before == null ? null : before.waitingSince();
            if (before != null && since != null && !before.answered()) {
                tally.answer(Duration.between(since, row.receivedAt()));
            }
            state.ongoing.put(conversation, Ongoing.answered(before, row.account()));
        }
        if (ENDING.contains(row.type()) && ends(row)) {
            state.ongoing.remove(conversation);
        }
    }

    private static boolean ends(Row row) {
        try {
            return InteractionJson.decode(row.body().toArray()).parts().stream()
                    .map(Part::content)
                    .anyMatch(LiveCounters::ends);
        } catch (RuntimeException unreadable) {
            // an erased one has no content any more
            LOG.debug(
                    "not read position={} failure={}",
                    row.position(),
                    unreadable.getClass().getName());
            return false;
        }
    }

    private static boolean ends(Content content) {
        return switch (content) {
            case Content.Changed changed -> changed.what() == Content.Changed.What.CLOSED;
            case Content.Visit visit -> visit.event() == Content.Visit.Event.ENDED;
            default -> false;
        };
    }

    /// The conversations of one account, as they are looked through.
    private static final class Queue {

        private int open;
        private int waiting;
        private @Nullable Instant since;

        private void add(Ongoing each) {
            open++;
            Instant from = each.waitingSince();
            if (from != null) {
                waiting++;
                since = since == null || from.isBefore(since) ? from : since;
            }
        }
    }
}
