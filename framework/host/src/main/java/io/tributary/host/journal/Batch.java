package io.tributary.host.journal;

import io.tributary.model.ConversationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one transaction brings, while it is put together. Later units see what earlier ones of the
/// batch wrote; nothing of it reaches what is shared before the commit.
///
/// Interactions and all that comes with each are gathered and inserted in bulk; everything else is
/// written at once.
final class Batch {

    private final Tables tables;
    private final Map<ConversationId, ConversationState> conversations = new HashMap<>();

    /// In the order of their ids, as the next map.
    private final Map<Hash, KeyRow.Once> once = new LinkedHashMap<>();

    private final Map<Hash, KeyRow.Reference> references = new LinkedHashMap<>();
    private final Map<Hash, Long> onceInTree;
    private final List<InteractionRow> interactions = new ArrayList<>();
    private final List<RawRow> rawEvents = new ArrayList<>();
    private final List<Runnable> afterwards = new ArrayList<>();
    private final long firstPosition;
    private boolean changed;
    private int interactionsWritten;
    private int rawEventsWritten;

    private long position;
    private long version;
    private long rawEvent;
    private long onceId;
    private long referenceId;
    private long parked;

    /// @param onceInTree what the tree knows of the dedupe keys in this batch
    Batch(Tables tables, Counters from, Map<Hash, Long> onceInTree) {
        this.tables = tables;
        this.onceInTree = onceInTree;
        this.firstPosition = from.position();
        this.position = from.position();
        this.version = from.version();
        this.rawEvent = from.rawEvent();
        this.onceId = from.once();
        this.referenceId = from.reference();
        this.parked = from.parked();
    }

    Counters counters() {
        return new Counters(position, version, rawEvent, onceId, referenceId, parked);
    }

    long nextPosition() {
        return position;
    }

    long nextVersion() {
        return version++;
    }

    boolean anyParked() {
        return parked > 0;
    }

    void parked(int more) {
        parked += more;
    }

    /// To be done after the commit, on the writer's thread.
    void afterwards(Runnable action) {
        afterwards.add(action);
    }

    /// Something is to be written: without this the batch leaves the file alone.
    void changes() {
        changed = true;
    }

    // --- dedupe

    /// What was stored under the hash; null: nothing.
    KeyRow.@Nullable Once once(Hash hash) throws SQLException {
        KeyRow.Once staged = once.get(hash);
        if (staged != null) {
            return staged;
        }
        long id = tables.onceIndex.waiting(hash);
        if (id == 0) {
            id = onceInTree.getOrDefault(hash, 0L);
        }
        return id == 0 ? null : tables.once(id, hash);
    }

    void addOnce(Hash hash, long first, int count) {
        once.put(hash, new KeyRow.Once(onceId++, hash, first, count, tables.now()));
    }

    // --- references

    boolean knowsReference(Hash hash) throws SQLException {
        return references.containsKey(hash) || tables.knowsReference(hash);
    }

    void addReference(Hash hash, Change.BindReference bound) {
        if (!references.containsKey(hash) && tables.referenceIndex.waiting(hash) == 0) {
            references.put(
                    hash,
                    new KeyRow.Reference(
                            referenceId++,
                            hash,
                            bound.account().value(),
                            bound.externalId(),
                            bound.interaction(),
                            bound.part()));
        }
    }

    // --- conversations

    /// The conversation as this batch leaves it; null: there is no such one.
    @Nullable ConversationState conversation(ConversationId id) throws SQLException {
        ConversationState state = conversations.get(id);
        if (state == null) {
            state = tables.conversation(id);
            if (state != null) {
                conversations.put(id, state);
            }
        }
        return state;
    }

    ConversationState existing(ConversationId id) throws SQLException {
        ConversationState state = conversation(id);
        if (state == null) {
            throw new UnitRefused("there is no conversation " + id);
        }
        return state;
    }

    void put(ConversationState state) {
        conversations.put(state.conversation().id(), state);
    }

    // --- interactions

    void append(InteractionRow row) throws SQLException {
        ConversationId id = row.append.conversation();
        if (id == null) {
            row.place(position, null);
        } else {
            ConversationState state = existing(id);
            row.place(position, state.way());
            Change.Append append = row.append;
            conversations.put(
                    id,
                    state.with(position, append.weight(), append.receivedAt(), append.saidAt()));
        }
        interactions.add(row);
        position++;
    }

    void keep(RawRow row) {
        row.place(rawEvent++);
        rawEvents.add(row);
    }

    /// Marks where an item begins, for [#joinRawEvents].
    int rawEventCount() {
        return rawEvents.size();
    }

    int interactionCount() {
        return interactions.size();
    }

    /// Ties the interactions and raw events of one item together.
    void joinRawEvents(int firstInteraction, int firstRawEvent) {
        if (firstInteraction == interactions.size() || firstRawEvent == rawEvents.size()) {
            return;
        }
        long event = rawEvents.get(firstRawEvent).id;
        long first = interactions.get(firstInteraction).position;
        for (InteractionRow row : interactions.subList(firstInteraction, interactions.size())) {
            row.rawEvent = event;
        }
        for (RawRow row : rawEvents.subList(firstRawEvent, rawEvents.size())) {
            row.position = first;
        }
    }

    // --- the end

    /// Writes what was gathered of finished items, so that statements can see it.
    void writeInteractions() throws SQLException {
        tables.interactions.insert(interactions.subList(interactionsWritten, interactions.size()));
        interactionsWritten = interactions.size();
        tables.rawEvents.insert(rawEvents.subList(rawEventsWritten, rawEvents.size()));
        rawEventsWritten = rawEvents.size();
    }

    /// Writes everything that is left; the transaction can be committed then.
    void write() throws SQLException {
        if (!changed) {
            return;
        }
        writeInteractions();
        tables.onceRows.insert(List.copyOf(once.values()));
        tables.referenceRows.insert(List.copyOf(references.values()));
        tables.onceIndex.sortIn(tables.sql, once.size());
        tables.referenceIndex.sortIn(tables.sql, references.size());
        tables.marks.write(interactions.size(), firstPosition);
        tables.saveCounters(
                position, version, tables.marks.upTo(interactions.size(), firstPosition));
    }

    /// The transaction is committed: shares what it brought.
    ///
    /// @return the interactions, in order of position
    List<Row> committed() {
        tables.onceIndex.committed(once.values());
        tables.referenceIndex.committed(references.values());
        tables.marks.committed(conversations.values(), firstPosition);
        afterwards.forEach(Runnable::run);
        List<Row> rows = new ArrayList<>(interactions.size());
        for (InteractionRow row : interactions) {
            rows.add(row.row());
        }
        return rows;
    }

    void rolledBack() {
        tables.onceIndex.rolledBack();
        tables.referenceIndex.rolledBack();
        tables.marks.rolledBack();
    }
}
