package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.Row;
import io.tributary.host.journal.Unit;
import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tables of [MemoryJournal]. Every method holds the one lock.
final class MemoryTables {

    final List<Row> rows = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();
    final Map<Item.Once, Commit.Result.Duplicate> once = new HashMap<>();
    final Map<ConversationId, Conversation> open = new LinkedHashMap<>();
    final Map<List<Object>, Directory.End> ends = new HashMap<>();
    final Map<List<String>, CustomerId> identities = new HashMap<>();
    final Map<List<Object>, Directory.Reference> references = new HashMap<>();
    final Map<Long, Directory.Parked> parked = new LinkedHashMap<>();
    final Map<Long, DeadLetters.DeadLetter> letters = new LinkedHashMap<>();
    final Map<String, Long> state = new HashMap<>();
    private long sequence;

    synchronized Commit write(Unit unit) {
        for (int i = 0; i < unit.items().size(); i++) {
            Item item = unit.items().get(i);
            if (item.once() == null || !once.containsKey(item.once())) {
                for (Expect expect : item.expects()) {
                    if (!holds(expect)) {
                        return new Commit.Stale(i, expect);
                    }
                }
            }
        }
        var results = new ArrayList<Commit.Result>();
        for (Item item : unit.items()) {
            Commit.Result.Duplicate before = item.once() == null ? null : once.get(item.once());
            results.add(before == null ? write(item) : before);
        }
        return new Commit.Done(results);
    }

    private Commit.Result write(Item item) {
        long first = rows.size() + 1L;
        item.changes().forEach(this::write);
        int count = (int) (rows.size() + 1 - first);
        if (item.once() != null) {
            once.put(item.once(), new Commit.Result.Duplicate(count == 0 ? 0 : first, count));
        }
        return new Commit.Result.Stored(count == 0 ? 0 : first, count);
    }

    private boolean holds(Expect expect) {
        return switch (expect) {
            case Expect.ConversationOpen(var id) ->
                    open.containsKey(id) && open.get(id).closedAt() == null;
            case Expect.NoOpenConversation(var account, var line, var address, var thread) ->
                    find(account, line, address, thread).isEmpty();
            case Expect.AddressFree(var account, var address) ->
                    !ends.containsKey(List.<Object>of(account, address));
            case Expect.IdentityFree(var type, var value) ->
                    !identities.containsKey(List.of(type, value));
            case Expect.ReferenceUnknown(var account, var id) ->
                    !references.containsKey(List.<Object>of(account, id));
            case Expect.NothingParked(_, var id) -> waiting(id).isEmpty();
            case Expect.StillParked(var id) -> parked.containsKey(id);
            case Expect.StateVersion(_, var key, var version) ->
                    state.getOrDefault(key, 0L) == version;
            case Expect.DeadLetterOpen(var id) ->
                    letters.containsKey(id) && letters.get(id).closedAt() == null;
            default -> throw new UnsupportedOperationException(expect.toString());
        };
    }

    private void write(Change change) {
        changes.add(change);
        switch (change) {
            case Change.Append append -> append(append);
            case Change.OpenConversation opened -> open(opened);
            case Change.CloseConversation closed -> close(closed);
            case Change.BindAddress bound ->
                    ends.put(
                            List.of(bound.account(), bound.address()),
                            new Directory.End(bound.account(), bound.primary(), bound.customer()));
            case Change.BindIdentity bound ->
                    identities.put(List.of(bound.type(), bound.value()), bound.customer());
            case Change.BindReference bound -> bind(bound);
            case Change.Park one -> {
                long id = ++sequence;
                parked.put(
                        id,
                        new Directory.Parked(
                                id, one.account(), one.externalId(), one.receivedAt(), one.body()));
            }
            case Change.Unpark(var id) -> parked.remove(id);
            case Change.PutState put -> state.put(put.key(), ++sequence);
            case Change.AddDeadLetter letter -> {
                long id = ++sequence;
                letters.put(id, letter(id, letter, null, false));
            }
            case Change.CloseDeadLetter(var id, var replayed, var at) -> {
                var before = Objects.requireNonNull(letters.get(id));
                letters.put(
                        id,
                        new DeadLetters.DeadLetter(
                                id,
                                before.direction(),
                                before.account(),
                                before.plugin(),
                                before.kind(),
                                before.reason(),
                                before.interaction(),
                                before.payload(),
                                before.at(),
                                at,
                                replayed));
            }
            default -> {
                // recorded in `changes`, which the tests look at
            }
        }
    }

    private static DeadLetters.DeadLetter letter(
            long id, Change.AddDeadLetter letter, @Nullable Instant closed, boolean replayed) {
        return new DeadLetters.DeadLetter(
                id,
                letter.direction(),
                letter.account(),
                letter.plugin(),
                letter.kind(),
                letter.reason(),
                letter.interaction(),
                letter.payload(),
                letter.at(),
                closed,
                replayed);
    }

    private void append(Change.Append append) {
        if (append.conversation() != null && !open.containsKey(append.conversation())) {
            throw new IllegalStateException("there is no such conversation");
        }
        rows.add(
                new Row(
                        rows.size() + 1,
                        append.id(),
                        append.conversation(),
                        append.customer(),
                        append.channel(),
                        append.account(),
                        append.direction(),
                        append.type(),
                        append.receivedAt(),
                        append.body()));
    }

    private void bind(Change.BindReference bound) {
        var row =
                rows.stream()
                        .filter(one -> one.id().equals(bound.interaction()))
                        .findFirst()
                        .orElseThrow();
        references.putIfAbsent(
                List.of(bound.account(), bound.externalId()),
                new Directory.Reference(
                        bound.account(),
                        bound.externalId(),
                        bound.interaction(),
                        bound.part(),
                        row.conversation()));
    }

    private void open(Change.OpenConversation opened) {
        if (find(opened.account(), opened.line(), opened.address(), opened.thread()).isPresent()) {
            throw new IllegalStateException("two open conversations with one end");
        }
        open.put(opened.id(), conversation(opened, null));
    }

    private void close(Change.CloseConversation closed) {
        var before = Objects.requireNonNull(open.get(closed.id()));
        open.put(
                closed.id(),
                conversation(
                        new Change.OpenConversation(
                                before.id(),
                                before.customer(),
                                before.channel(),
                                before.account(),
                                before.line(),
                                before.address(),
                                before.thread(),
                                before.locale(),
                                before.openedAt()),
                        closed.at()));
    }

    private static Conversation conversation(
            Change.OpenConversation opened, @Nullable Instant closedAt) {
        return new Conversation(
                opened.id(),
                opened.customer(),
                opened.channel(),
                opened.account(),
                opened.line(),
                opened.address(),
                opened.thread(),
                opened.locale(),
                opened.at(),
                closedAt,
                0,
                opened.at(),
                0,
                0,
                null,
                null,
                null,
                null);
    }

    private Optional<Conversation> find(
            AccountId account, String line, String address, @Nullable String thread) {
        return open.values().stream()
                .filter(
                        one ->
                                one.closedAt() == null
                                        && one.account().equals(account)
                                        && one.line().equals(line)
                                        && one.address().equals(address)
                                        && Objects.equals(one.thread(), thread))
                .findFirst();
    }

    private List<Directory.Parked> waiting(String externalId) {
        return parked.values().stream()
                .filter(one -> one.externalId().equals(externalId))
                .toList();
    }

    final Directory directory =
            new Directory() {
                @Override
                public Optional<End> end(AccountId account, String address) {
                    synchronized (MemoryTables.this) {
                        return Optional.ofNullable(ends.get(List.<Object>of(account, address)));
                    }
                }

                @Override
                public Optional<Conversation> open(
                        AccountId account, String line, String address, @Nullable String thread) {
                    synchronized (MemoryTables.this) {
                        return find(account, line, address, thread);
                    }
                }

                @Override
                public Optional<CustomerId> identity(String type, String value) {
                    synchronized (MemoryTables.this) {
                        return Optional.ofNullable(identities.get(List.of(type, value)));
                    }
                }

                @Override
                public Optional<Reference> reference(AccountId account, String externalId) {
                    synchronized (MemoryTables.this) {
                        return Optional.ofNullable(
                                references.get(List.<Object>of(account, externalId)));
                    }
                }

                @Override
                public List<Parked> parked(AccountId account, String externalId) {
                    synchronized (MemoryTables.this) {
                        return waiting(externalId);
                    }
                }

                @Override
                public List<Parked> parkedBefore(Instant before, int limit) {
                    synchronized (MemoryTables.this) {
                        return parked.values().stream()
                                .filter(one -> one.receivedAt().isBefore(before))
                                .limit(limit)
                                .toList();
                    }
                }

                @Override
                public List<Reference> references(InteractionId interaction) {
                    throw new UnsupportedOperationException();
                }
            };

    final Conversations conversations =
            new Conversations() {
                @Override
                public Optional<Conversation> byId(ConversationId id) {
                    synchronized (MemoryTables.this) {
                        return Optional.ofNullable(open.get(id));
                    }
                }

                @Override
                public List<Conversation> page(Query query, long before, int limit) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public List<Row> interactions(ConversationId id, long after, int limit) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public List<Row> interactionsBefore(ConversationId id, long before, int limit) {
                    throw new UnsupportedOperationException();
                }
            };

    final LogReader log =
            new LogReader() {
                @Override
                public long identity() {
                    return 1;
                }

                @Override
                public int timeline() {
                    return 1;
                }

                @Override
                public long head() {
                    return rows.size();
                }

                @Override
                public long oldest() {
                    return 1;
                }

                @Override
                public Page after(long position, Filter filter, int limit) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Optional<Row> byId(InteractionId id) {
                    synchronized (MemoryTables.this) {
                        return rows.stream().filter(row -> row.id().equals(id)).findFirst();
                    }
                }

                @Override
                public Optional<Row> at(long position) {
                    synchronized (MemoryTables.this) {
                        return Optional.of(rows.get((int) position - 1));
                    }
                }

                @Override
                public Optional<Raw> raw(InteractionId id) {
                    throw new UnsupportedOperationException();
                }
            };

    final DeadLetters deadLetters =
            new DeadLetters() {
                @Override
                public Optional<DeadLetter> byId(long id) {
                    synchronized (MemoryTables.this) {
                        return Optional.ofNullable(letters.get(id));
                    }
                }

                @Override
                public List<DeadLetter> page(
                        @Nullable AccountId account,
                        @Nullable Direction direction,
                        boolean openOnly,
                        long before,
                        int limit) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public long open() {
                    return letters.size();
                }
            };
}
