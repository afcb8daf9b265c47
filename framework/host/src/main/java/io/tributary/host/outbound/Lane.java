package io.tributary.host.outbound;

import io.tributary.host.accounts.Wire;
import io.tributary.host.journal.Outbox.Priority;
import io.tributary.model.ConversationId;
import io.tributary.spi.Capabilities.Rate;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The sends of one conversation, in order: the first is under way, all others wait for it. Only
/// the dispatcher's loop touches it, except for the manner, which an attempt learns.
final class Lane {

    /// How many sends are held in memory; more of the same conversation are read again later.
    static final int MOST = 64;

    private final ConversationId conversation;
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private volatile @Nullable Manner manner;
    private boolean missing;
    private int normal;
    private long waitedFor;
    private boolean queued;
    private long wakes;

    Lane(ConversationId conversation) {
        this.conversation = conversation;
    }

    ConversationId conversation() {
        return conversation;
    }

    /// @return false where the lane is full, or was and has not been read again since
    boolean add(Entry entry) {
        if (missing || entries.size() >= MOST) {
            missing = true;
            return false;
        }
        entries.put(entry.send().id(), entry);
        if (isNormal(entry)) {
            normal++;
            raise(entry.send().id());
        }
        return true;
    }

    void remove(long id) {
        var entry = entries.remove(id);
        normal -= entry != null && isNormal(entry) ? 1 : 0;
    }

    private static boolean isNormal(Entry entry) {
        return entry.send().priority() == Priority.NORMAL;
    }

    /// That of the most urgent of its sends: nothing of a conversation is overtaken, so what
    /// somebody waits for takes all before it along.
    Priority priority() {
        return normal > 0 || isRaised() ? Priority.NORMAL : Priority.BULK;
    }

    private boolean isRaised() {
        return waitedFor > 0 && (entries.isEmpty() || entries.firstKey() <= waitedFor);
    }

    /// Somebody waits for a send, which need not have been taken into memory.
    void raise(long id) {
        waitedFor = Math.max(waitedFor, id);
    }

    /// The id of the last send that somebody waits for, as far as is known; 0: none.
    long waitedFor() {
        return priority() == Priority.NORMAL ? waitedFor : 0;
    }

    @Nullable Entry head() {
        return entries.isEmpty() ? null : entries.firstEntry().getValue();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    Collection<Entry> all() {
        return entries.values();
    }

    /// Whether something is being done about any of them.
    boolean isBusy() {
        return entries.values().stream().anyMatch(Entry::busy);
    }

    /// Whether there are sends that were not taken into memory.
    boolean missing() {
        return missing;
    }

    /// How the last attempt went; null before the first.
    @Nullable Manner manner() {
        return manner;
    }

    void manner(Manner seen) {
        manner = seen;
    }

    /// Between which ends a send goes, and how fast.
    ///
    /// @param rates each once, however often it was declared
    /// @param cost how much of the rates it takes: as many as the provider counts segments
    /// @param share on which of the account's wires
    record Manner(Ends ends, List<Rate> rates, int cost, Wire.Share share) {

        Manner {
            rates = rates.stream().distinct().map(rate -> RateShare.of(rate, share)).toList();
        }
    }

    /// Whether it stands in one of the dispatcher's queues.
    boolean queued() {
        return queued;
    }

    void queued(boolean now) {
        queued = now;
    }

    /// Makes wake-ups that were set earlier void.
    long nextWake() {
        return ++wakes;
    }

    boolean isCurrent(long wake) {
        return wake == wakes;
    }
}
