package io.tributary.host.journal;

import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.model.ConversationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings the rows of conversations up to date with their interactions, somewhat later.
///
/// A conversation's row lies anywhere and is in four indexes by activity, so writing it with every
/// interaction would cost more than the interaction. What the rows lack is in [ConversationCache],
/// and is worked out from the log again at the next opening.
final class Marks {

    private static final String UPDATE =
            "update conversation set last_position = ?, last_at = ?, content_position = ?,"
                    + " customer_position = ?, last_from_customer = ?, way = ? where id = ?";

    private final Sql sql;
    private final ConversationCache cache;
    private final int most;
    private final long longest;
    private List<ConversationId> staged = List.of();

    /// @param most so many conversations may wait, and for four times as many positions; twice
    ///   16,384 take about 20 MB of memory, and half a second of the next opening
    Marks(Sql sql, ConversationCache cache, int most) {
        this.sql = sql;
        this.cache = cache;
        this.most = most;
        this.longest = 4L * most;
    }

    /// Writes some of the rows that wait, in the running transaction.
    void write(int appended, long firstPosition) throws SQLException {
        staged = cache.longestWaiting(due(appended, firstPosition));
        write(staged);
    }

    /// Writes all rows that wait, in a transaction of its own.
    void writeAll() throws SQLException {
        staged = cache.longestWaiting(Integer.MAX_VALUE);
        write(staged);
    }

    /// Up to which position the rows tell everything when the running transaction is committed.
    long upTo(int appended, long firstPosition) {
        long first = cache.firstUnmarked(staged.size(), Long.MAX_VALUE);
        if (appended > 0 || first == Long.MAX_VALUE) {
            return Math.min(first, firstPosition) - 1;
        }
        return first - 1;
    }

    void committed(Collection<ConversationState> changed, long firstPosition) {
        cache.marked(staged);
        staged = List.of();
        cache.committed(changed, firstPosition);
    }

    void rolledBack() {
        staged = List.of();
    }

    private int due(int appended, long firstPosition) {
        if (cache.waitingCount() > most) {
            return appended + appended / 4 + 1;
        }
        boolean late = cache.firstUnmarked(0, Long.MAX_VALUE) < firstPosition - longest;
        return late ? appended / 4 + 1 : 0;
    }

    /// In the order of the ids, so that neighbours meet the same page.
    private void write(List<ConversationId> ids) throws SQLException {
        List<ConversationState> states = new ArrayList<>(ids.size());
        for (ConversationId id : ids) {
            ConversationState state = cache.state(id);
            if (state != null) {
                states.add(state);
            }
        }
        states.sort(Comparator.comparing(state -> state.conversation().id()));
        for (ConversationState state : states) {
            Conversation now = state.conversation();
            sql.update(
                    UPDATE,
                    now.lastPosition(),
                    now.lastAt(),
                    now.contentPosition(),
                    now.customerPosition(),
                    now.lastFromCustomer(),
                    KeptWay.of(state.way(), now.id()),
                    now.id());
        }
    }

    /// Works out anew, from the log, what the rows lack: at the opening, before anything else.
    ///
    /// A way goes on from what its row keeps. Where that keeps none, or where some of what followed
    /// is dropped already, it is left to the next interaction to walk it: all at once would take
    /// long.
    static void catchUp(Sql sql, long upTo) throws SQLException {
        Map<ConversationId, ConversationState> states = new HashMap<>();
        List<InteractionReading.Mark> marks =
                sql.list(InteractionReading.MARKS, InteractionReading.Mark::read, upTo);
        for (InteractionReading.Mark mark : marks) {
            ConversationState state = states.get(mark.conversation());
            if (state == null) {
                Optional<KeptConversation> row = KeptConversation.byId(sql, mark.conversation());
                if (row.isEmpty()) {
                    continue;
                }
                state = row.get().state();
            }
            if (mark.position() > state.conversation().lastPosition()) {
                if (!mark.follows(state.way())) {
                    state = new ConversationState(state.conversation(), Skips.UNKNOWN);
                }
                state =
                        state.with(
                                mark.position(), mark.weight(), mark.receivedAt(), mark.saidAt());
            }
            states.put(mark.conversation(), state);
        }
        var cache = new ConversationCache(states.size());
        cache.committed(states.values(), 1);
        new Marks(sql, cache, states.size()).writeAll();
    }
}
