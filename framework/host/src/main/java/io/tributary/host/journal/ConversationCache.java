package io.tributary.host.journal;

import io.tributary.model.ConversationId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The conversations that something happened in lately, as committed. The writer is the only one
/// who changes conversations, so what is here is right; those whose marks are not in their row yet
/// are always here.
///
/// Changed on the writer's thread; the readings are for any thread.
final class ConversationCache {

    /// So many readings are kept at least, however few conversations are.
    private static final int READINGS = 16;

    private final int capacity;
    private final int mostReadings;
    private final Map<ConversationId, ConversationState> states = new ConcurrentHashMap<>();
    private final Map<ConversationState.End, ConversationId> open = new ConcurrentHashMap<>();
    private final Map<ConversationId, ConversationState> unmarked = new ConcurrentHashMap<>();

    /// The first position that a conversation's row does not know of, longest waiting first.
    private final LinkedHashMap<ConversationId, Long> waiting = new LinkedHashMap<>();

    private final LinkedHashMap<ConversationId, Boolean> byUse =
            new LinkedHashMap<>(16, 0.75f, true);

    /// Rows that were read lately for what is likely to be written next.
    private final Map<ConversationId, Reading> readings = new ConcurrentHashMap<>();

    /// The commit that last changed each conversation here, or its row.
    private final Map<ConversationId, Long> changedBy = new HashMap<>();

    /// The last commit that changed a conversation which is here no more, or its row.
    private long forgotten;

    private volatile long commits;

    /// @param since [#commits] before the reading
    private record Reading(KeptConversation row, long since) {}

    /// @param capacity how many are kept besides those whose marks wait; a quarter as many rows
    ///   that were read wait for the writer
    ConversationCache(int capacity) {
        this.capacity = capacity;
        this.mostReadings = Math.max(READINGS, capacity / 4);
    }

    @Nullable ConversationState state(ConversationId id) {
        return states.get(id);
    }

    /// The open conversation with an end, if it is here.
    @Nullable ConversationState open(ConversationState.End end) {
        ConversationId id = open.get(end);
        ConversationState state = id == null ? null : states.get(id);
        return state != null && state.open() ? state : null;
    }

    /// How many commits are taken over: what is read afterwards includes them.
    long commits() {
        return commits;
    }

    /// Keeps a row for the writer, who is likely to be handed in something about it, so that it
    /// need not be read again.
    ///
    /// @param since [#commits] before the reading
    void read(KeptConversation row, long since) {
        if (readings.size() >= mostReadings) {
            readings.clear();
        }
        readings.put(row.conversation().id(), new Reading(row, since));
    }

    /// The row of a conversation that is not here, if it was read lately and is the same still; on
    /// the writer's thread, once.
    ///
    /// A commit that changed it after the reading has put it here. If it is here no more, then that
    /// commit is among the forgotten ones.
    @Nullable KeptConversation reading(ConversationId id) {
        Reading reading = readings.remove(id);
        return reading == null || reading.since < forgotten ? null : reading.row;
    }

    /// Those whose rows lag behind.
    Collection<ConversationState> unmarked() {
        return unmarked.values();
    }

    /// A conversation's state, if its row lags behind.
    @Nullable ConversationState unmarked(ConversationId id) {
        return unmarked.get(id);
    }

    /// Takes over what a commit changed.
    ///
    /// @param appendedFrom the first position of the commit; what ends at or after it has new marks
    void committed(Collection<ConversationState> changed, long appendedFrom) {
        long commit = commits + 1;
        for (ConversationState state : changed) {
            ConversationId id = state.conversation().id();
            if (state.conversation().lastPosition() >= appendedFrom) {
                waiting.putIfAbsent(id, appendedFrom);
            }
            states.put(id, state);
            if (waiting.containsKey(id)) {
                unmarked.put(id, state);
            }
            if (state.open()) {
                open.put(state.end(), id);
            } else {
                open.remove(state.end(), id);
            }
            byUse.put(id, true);
            changedBy.put(id, commit);
        }
        shrink();
        commits = commit;
    }

    int waitingCount() {
        return waiting.size();
    }

    /// The longest waiting, at most `limit` of them.
    List<ConversationId> longestWaiting(int limit) {
        List<ConversationId> some = new ArrayList<>(Math.min(limit, waiting.size()));
        for (ConversationId id : waiting.keySet()) {
            if (some.size() == limit) {
                break;
            }
            some.add(id);
        }
        return some;
    }

    /// The first position that some row does not know of, leaving out the first `but` that wait.
    long firstUnmarked(int but, long otherwise) {
        int passed = 0;
        for (long position : waiting.values()) {
            if (passed++ == but) {
                return position;
            }
        }
        return otherwise;
    }

    /// The rows of these tell all now, by the commit that is taken over next.
    void marked(Collection<ConversationId> ids) {
        for (ConversationId id : ids) {
            waiting.remove(id);
            unmarked.remove(id);
            changedBy.put(id, commits + 1);
        }
    }

    /// Forgets conversations that were deleted.
    void forget(Collection<ConversationId> ids) {
        marked(ids);
        forgotten = commits + 1;
        for (ConversationId id : ids) {
            drop(id);
            byUse.remove(id);
        }
        commits = forgotten;
    }

    private void shrink() {
        int over = byUse.size() - capacity - waiting.size();
        var oldest = byUse.keySet().iterator();
        while (over > 0 && oldest.hasNext()) {
            ConversationId id = oldest.next();
            if (!waiting.containsKey(id)) {
                oldest.remove();
                drop(id);
                over--;
            }
        }
    }

    private void drop(ConversationId id) {
        forgotten = Math.max(forgotten, changedBy.getOrDefault(id, 0L));
        changedBy.remove(id);
        ConversationState state = states.remove(id);
        if (state != null) {
            open.remove(state.end(), id);
        }
    }
}
