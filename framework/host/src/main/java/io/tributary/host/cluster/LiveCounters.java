package io.tributary.host.cluster;

import io.tributary.host.journal.Row;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/// How each account fares, a fold over the log: whoever folds the same rows has the same figures.
/// Thread safe.
///
/// Every member folds all rows, as its tail brings them. Sums of what each member committed itself
/// would not do: question and answer of one conversation are committed by different members, and
/// what a member that ends has summed would be gone. So without the grid figures are late and never
/// wrong, and a snapshot of any member serves each.
public final class LiveCounters {

    private final ReentrantLock lock = new ReentrantLock();
    private final CountersState state;

    /// How a fold went.
    public enum Folded {
        /// All rows are counted now.
        WHOLE,
        /// Rows are missing before one of these, which is not counted, nor what follows it. Read on
        /// in the log from [#position()].
        GAP,
        /// Nothing is counted: the rows are of another timeline than what was counted before. See
        /// [#carryOver(LogTimeline, IntToLongFunction)].
        OTHER_TIMELINE
    }

    /// What was counted, all as of one position.
    public record Standing(LogTimeline timeline, long position, List<Insight> insights) {}

    /// Counts from a position on.
    ///
    /// @param timeline what positions belong to
    /// @param position the last one that is not counted; 0 for all of the log
    public LiveCounters(LogTimeline timeline, long position) {
        this(new CountersState(timeline, position));
    }

    private LiveCounters(CountersState state) {
        this.state = state;
    }

    /// Goes on from a snapshot; empty when it is of another version: begin anew. It may be of
    /// another timeline, too, so carry it over before it is believed.
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

    /// What the positions belong to that are counted.
    public LogTimeline timeline() {
        lock.lock();
        try {
            return state.timeline;
        } finally {
            lock.unlock();
        }
    }

    /// Takes what was counted over into the timeline that the log has now.
    ///
    /// @param lastCommon up to which position the log now holds what it held in a timeline, as the
    ///   log's reader says
    /// @return false: rows that were counted are not in this log, or no more, and nothing is taken
    ///   over. Begin anew
    public boolean carryOver(LogTimeline now, IntToLongFunction lastCommon) {
        lock.lock();
        try {
            if (state.timeline.log() != now.log() || state.timeline.number() > now.number()) {
                return false;
            }
            if (!state.timeline.equals(now)
                    && state.position > lastCommon.applyAsLong(state.timeline.number())) {
                return false;
            }
            state.timeline = now;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Counts rows; those that are counted already are left out.
    ///
    /// @param timeline of the rows
    /// @param rows in order of position
    public Folded fold(LogTimeline timeline, List<Row> rows) {
        lock.lock();
        try {
            if (!timeline.equals(state.timeline)) {
                return Folded.OTHER_TIMELINE;
            }
            for (Row row : rows) {
                if (row.position() > state.position + 1) {
                    return Folded.GAP;
                }
                if (row.position() == state.position + 1) {
                    count(row);
                    state.position = row.position();
                }
            }
            return Folded.WHOLE;
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
        return standing().insights();
    }

    /// The same with the position that it is as of.
    public Standing standing() {
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
            return new Standing(state.timeline, state.position, insights);
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
        Turn turn = Turn.of(row);
        Ongoing before = state.ongoing.get(conversation);
        if (turn.asks()) {
            tally(row.account(), row.channel()).arrivals++;
            state.ongoing.put(conversation, Ongoing.asked(before, row.account(), row.receivedAt()));
        }
        if (turn.answers()) {
            answered(conversation, before, row);
        }
        if (turn.ends()) {
            state.ongoing.remove(conversation);
        }
    }

    /// An answer counts where the question came in.
    private void answered(ConversationId conversation, @Nullable Ongoing before, Row row) {
        Tally tally = tally(before == null ? row.account() : before.account(), row.channel());
        Instant since = before == null ? null : before.waitingSince();
        if (before != null && since != null && !before.answered()) {
            tally.answer(Duration.between(since, row.receivedAt()));
        }
        state.ongoing.put(conversation, Ongoing.answered(before, row.account()));
    }

    private Tally tally(AccountId account, ChannelId channel) {
        return state.tallies.computeIfAbsent(account, _ -> new Tally(channel));
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
