package io.tributary.host.journal;

import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.model.ConversationId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What this member remembers of the database that others write as well: only what is tested again
/// when something is written that rests on it. What turned out to be no longer so is forgotten.
/// Thread safe.
final class Remembered {

    private final int capacity;
    private final Map<ConversationState.End, Conversation> open = new ConcurrentHashMap<>();
    private final Map<ConversationId, ConversationState.End> ends = new ConcurrentHashMap<>();
    private final AtomicLong forgotten = new AtomicLong();
    private volatile boolean anyParked = true;

    Remembered(int capacity) {
        this.capacity = capacity;
    }

    @Nullable Conversation open(ConversationState.End end) {
        return open.get(end);
    }

    /// Whether anything waited for its reference when that was looked at last.
    boolean anyParked() {
        return anyParked;
    }

    void anyParked(boolean any) {
        anyParked = any;
    }

    /// How often something was forgotten: a reading that began before may be older than that.
    long forgotten() {
        return forgotten.get();
    }

    /// Keeps what was read, unless something was forgotten since.
    ///
    /// @param since [#forgotten] before the reading
    synchronized void opened(Conversation conversation, long since) {
        if (forgotten.get() != since) {
            return;
        }
        if (open.size() >= capacity) {
            // simple, and what is in use is back soon
            open.clear();
            ends.clear();
        }
        var end =
                new ConversationState.End(
                        conversation.account().value(),
                        conversation.line(),
                        conversation.address(),
                        conversation.thread());
        ends.put(conversation.id(), end);
        open.put(end, conversation);
    }

    /// Nothing is sure any more.
    synchronized void forgetAll() {
        forgotten.incrementAndGet();
        open.clear();
        ends.clear();
        anyParked = true;
    }

    private synchronized void forget(ConversationId id) {
        forgotten.incrementAndGet();
        ConversationState.End end = ends.remove(id);
        if (end != null) {
            open.remove(end);
        }
    }

    /// Takes note of what a commit of ours changed.
    void committed(Unit unit) {
        for (Item item : unit.items()) {
            for (Change change : item.changes()) {
                if (change instanceof Change.CloseConversation(var id, var _)) {
                    forget(id);
                }
            }
        }
    }

    /// This was no longer so.
    void stale(Expect expect) {
        switch (expect) {
            case Expect.ConversationOpen(var id) -> forget(id);
            case Expect.NothingParked _ -> anyParked = true;
            default -> {
                // nothing of the kind is remembered
            }
        }
    }
}
