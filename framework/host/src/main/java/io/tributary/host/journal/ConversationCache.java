package io.tributary.host.journal;

import io.tributary.model.ConversationId;
import java.util.ArrayList;
import java.util.Collection;
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

    private final int capacity;
    private final Map<ConversationId, ConversationState> states = new ConcurrentHashMap<>();
    private final Map<ConversationState.End, ConversationId> open = new ConcurrentHashMap<>();
    private final Map<ConversationId, ConversationState> unmarked = new ConcurrentHashMap<>();

    /// The first position that a conversation's row does not know of, longest waiting first.
    private final LinkedHashMap<ConversationId, Long> waiting = new LinkedHashMap<>();

    private final LinkedHashMap<ConversationId, Boolean> byUse =
            new LinkedHashMap<>(16, 0.75f, true);

    /// @param capacity how many are kept besides those whose marks wait
    ConversationCache(int capacity) {
        this.capacity = capacity;
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
        }
        shrink();
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

    /// The rows of these tell all now.
    void marked(Collection<ConversationId> ids) {
        for (ConversationId id : ids) {
            waiting.remove(id);
            unmarked.remove(id);
        }
    }

    /// Forgets conversations that were deleted.
    void forget(Collection<ConversationId> ids) {
        marked(ids);
        for (ConversationId id : ids) {
            drop(id);
            byUse.remove(id);
        }
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
        ConversationState state = states.remove(id);
        if (state != null) {
            open.remove(state.end(), id);
        }
    }
}
