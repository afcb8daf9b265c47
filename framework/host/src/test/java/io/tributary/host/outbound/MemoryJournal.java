package io.tributary.host.outbound;

import io.tributary.host.journal.*;
import io.tributary.model.*;
import java.nio.file.Path;
import java.time.Instant;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

final class MemoryJournal implements Journal {
    final List<Row> rows = new ArrayList<>();
    final Map<ConversationId, Conversations.Conversation> conversations = new HashMap<>();
    final Map<String, Directory.End> ends = new HashMap<>();
    final Map<String, Directory.Reference> references = new LinkedHashMap<>();
    final List<Directory.Parked> parked = new ArrayList<>();
    final Map<CustomerId, Customers.Customer> customers = new HashMap<>();
    final Map<String, Boolean> consents = new HashMap<>();
    final TreeMap<Long, Outbox.Send> sends = new TreeMap<>();
    final Map<InteractionId, Map<String, Outbox.Delivery>> deliveries = new HashMap<>();
    final List<DeadLetters.DeadLetter> deadLetters = new ArrayList<>();
    final Map<String, Answers.Answer> answers = new HashMap<>();
    final Map<MediaId, MediaRecords.Media> media = new HashMap<>();
    final List<Consumer<List<Row>>> listeners = new CopyOnWriteArrayList<>();
    long sendIds;
    long epoch;
    long parkedIds;

    @Override
    public CompletableFuture<Commit> append(Unit unit) {
        List<Row> brought = new ArrayList<>();
        Commit commit;
        synchronized (this) {
            int i = 0;
            for (Item item : unit.items()) {
                for (Expect e : item.expects())
                    if (!holds(e)) return CompletableFuture.completedFuture(new Commit.Stale(i, e));
                i++;
            }
            List<Commit.Result> results = new ArrayList<>();
            for (Item item : unit.items()) {
                int before = rows.size();
                for (Change c : item.changes()) apply(c);
                brought.addAll(rows.subList(before, rows.size()));
                results.add(
                        new Commit.Result.Stored(
                                rows.size() > before ? before + 1 : 0, rows.size() - before));
            }
            commit = new Commit.Done(results);
            if (!brought.isEmpty()) listeners.forEach(l -> l.accept(brought));
        }
        return CompletableFuture.completedFuture(commit);
    }

    private static String k(Object... parts) {
        return Arrays.deepToString(parts);
    }

    private boolean holds(Expect expect) {
        return switch (expect) {
            case Expect.ConversationOpen(var id) ->
                    conversations.containsKey(id) && conversations.get(id).closedAt() == null;
            case Expect.NoOpenConversation e ->
                    directory().open(e.account(), e.line(), e.address(), e.thread()).isEmpty();
            case Expect.AddressFree e -> !ends.containsKey(k(e.account(), e.address()));
            case Expect.ReferenceUnknown e ->
                    !references.containsKey(k(e.account(), e.externalId()));
            case Expect.NothingParked e ->
                    directory().parked(e.account(), e.externalId()).isEmpty();
            case Expect.StillParked e -> parked.stream().anyMatch(p -> p.id() == e.id());
            case Expect.NothingNewAfter e ->
                    conversations.get(e.conversation()).contentPosition() <= e.position();
            case Expect.SendIs e -> {
                var s = sends.get(e.id());
                yield s != null
                        && s.state() == e.state()
                        && s.attempt() == e.attempt()
                        && s.epoch() == e.epoch();
            }
            case Expect.ClaimFree e -> {
                var by = conversations.get(e.conversation()).claimedBy();
                yield by == null || by.equals(e.agent());
            }
            case Expect.KeyUnused e -> !answers.containsKey(k(e.principal(), e.key()));
            case Expect.CustomerUnmerged _ -> true;
            default -> throw new UnsupportedOperationException(expect.toString());
        };
    }

    private void apply(Change change) {
        switch (change) {
            case Change.Append a -> {
                long position = rows.size() + 1;
                rows.add(
                        new Row(
                                position,
                                a.id(),
                                a.conversation(),
                                a.customer(),
                                a.channel(),
                                a.account(),
                                a.direction(),
                                a.type(),
                                a.receivedAt(),
                                a.body()));
                var c = a.conversation() == null ? null : conversations.get(a.conversation());
                if (c != null) {
                    conversations.put(
                            c.id(),
                            new Conversations.Conversation(
                                    c.id(),
                                    c.customer(),
                                    c.channel(),
                                    c.account(),
                                    c.line(),
                                    c.address(),
                                    c.thread(),
                                    c.locale(),
                                    c.openedAt(),
                                    c.closedAt(),
                                    position,
                                    a.receivedAt(),
                                    a.weight() == Change.Weight.QUIET
                                            ? c.contentPosition()
                                            : position,
                                    a.weight() == Change.Weight.FROM_CUSTOMER
                                            ? position
                                            : c.customerPosition(),
                                    a.weight() == Change.Weight.FROM_CUSTOMER
                                            ? a.receivedAt()
                                            : c.lastFromCustomer(),
                                    c.claimedBy(),
                                    c.claimedName(),
                                    c.claimedAt()));
                }
            }
            case Change.OpenConversation o ->
                    conversations.put(
                            o.id(),
                            new Conversations.Conversation(
                                    o.id(),
                                    o.customer(),
                                    o.channel(),
                                    o.account(),
                                    o.line(),
                                    o.address(),
                                    o.thread(),
                                    o.locale(),
                                    o.at(),
                                    null,
                                    rows.size(),
                                    o.at(),
                                    0,
                                    0,
                                    null,
                                    null,
                                    null,
                                    null));
            case Change.CloseConversation x -> {
                var c = conversations.get(x.id());
                conversations.put(
                        c.id(),
                        new Conversations.Conversation(
                                c.id(),
                                c.customer(),
                                c.channel(),
                                c.account(),
                                c.line(),
                                c.address(),
                                c.thread(),
                                c.locale(),
                                c.openedAt(),
                                x.at(),
                                c.lastPosition(),
                                c.lastAt(),
                                c.contentPosition(),
                                c.customerPosition(),
                                c.lastFromCustomer(),
                                c.claimedBy(),
                                c.claimedName(),
                                c.claimedAt()));
            }
            case Change.Claim x -> {
                var c = conversations.get(x.conversation());
                conversations.put(
                        c.id(),
                        new Conversations.Conversation(
                                c.id(),
                                c.customer(),
                                c.channel(),
                                c.account(),
                                c.line(),
                                c.address(),
                                c.thread(),
                                c.locale(),
                                c.openedAt(),
                                c.closedAt(),
                                c.lastPosition(),
                                c.lastAt(),
                                c.contentPosition(),
                                c.customerPosition(),
                                c.lastFromCustomer(),
                                x.agent(),
                                x.name(),
                                x.at()));
            }
            case Change.AddCustomer a ->
                    customers.put(a.id(), new Customers.Customer(a.id(), a.name(), a.at()));
            case Change.BindAddress b ->
                    ends.putIfAbsent(
                            k(b.account(), b.address()),
                            new Directory.End(b.account(), b.primary(), b.customer()));
            case Change.SetConsent s ->
                    consents.put(
                            k(s.customer(), s.account(), s.address(), s.purpose()), s.granted());
            case Change.BindReference b -> {
                var row = row(b.interaction());
                references.putIfAbsent(
                        k(b.account(), b.externalId()),
                        new Directory.Reference(
                                b.account(),
                                b.externalId(),
                                b.interaction(),
                                b.part(),
                                row == null ? null : row.conversation()));
            }
            case Change.Park p ->
                    parked.add(
                            new Directory.Parked(
                                    ++parkedIds,
                                    p.account(),
                                    p.externalId(),
                                    p.receivedAt(),
                                    p.body()));
            case Change.Unpark u -> parked.removeIf(p -> p.id() == u.id());
            case Change.AddDeadLetter d ->
                    deadLetters.add(
                            new DeadLetters.DeadLetter(
                                    deadLetters.size() + 1,
                                    d.direction(),
                                    d.account(),
                                    d.plugin(),
                                    d.kind(),
                                    d.reason(),
                                    d.interaction(),
                                    d.payload(),
                                    d.at(),
                                    null,
                                    false));
            case Change.Enqueue e -> {
                long id = ++sendIds;
                sends.put(
                        id,
                        new Outbox.Send(
                                id,
                                e.key(),
                                e.interaction(),
                                rows.size(),
                                e.conversation(),
                                e.account(),
                                e.firstPart(),
                                e.parts(),
                                Outbox.State.QUEUED,
                                0,
                                0,
                                null,
                                rows.getLast().receivedAt(),
                                null,
                                e.expiresAt(),
                                null));
            }
            case Change.MoveSend m -> {
                var s = sends.get(m.id());
                sends.put(
                        m.id(),
                        new Outbox.Send(
                                s.id(),
                                s.key(),
                                s.interaction(),
                                s.position(),
                                s.conversation(),
                                s.account(),
                                s.firstPart(),
                                s.parts(),
                                m.state(),
                                m.attempt(),
                                m.epoch(),
                                m.notBefore(),
                                s.queuedAt(),
                                s.firstTriedAt() == null && m.attempt() > 0
                                        ? s.queuedAt()
                                        : s.firstTriedAt(),
                                s.expiresAt(),
                                m.reason()));
            }
            case Change.Advance a -> {
                var of = deliveries.computeIfAbsent(a.interaction(), _ -> new TreeMap<>());
                var old = of.get(a.part() + "/" + a.recipient());
                if (a.status().advances(old == null ? null : old.status()))
                    of.put(
                            a.part() + "/" + a.recipient(),
                            new Outbox.Delivery(
                                    a.part(), a.recipient(), a.status(), a.reason(), a.at()));
            }
            case Change.AddMedia m ->
                    media.put(
                            m.id(),
                            new MediaRecords.Media(
                                    m.id(),
                                    m.account(),
                                    MediaRecords.State.PENDING,
                                    m.name(),
                                    m.type(),
                                    0,
                                    null,
                                    null,
                                    m.at()));
            case Change.MediaKept m -> {
                var o = media.get(m.id());
                media.put(
                        m.id(),
                        new MediaRecords.Media(
                                o.id(),
                                o.account(),
                                MediaRecords.State.STORED,
                                o.name(),
                                m.type(),
                                m.bytes(),
                                m.sha256(),
                                null,
                                o.createdAt()));
            }
            case Change.KeepAnswer a ->
                    answers.put(
                            k(a.principal(), a.key()),
                            new Answers.Answer(a.fingerprint(), a.status(), a.body()));
            default -> throw new UnsupportedOperationException(change.toString());
        }
    }

    private @Nullable Row row(InteractionId id) {
        for (int i = rows.size() - 1; i >= 0; i--)
            if (rows.get(i).id().equals(id)) return rows.get(i);
        return null;
    }

    @Override
    public AutoCloseable onCommit(Consumer<List<Row>> l) {
        listeners.add(l);
        return () -> listeners.remove(l);
    }

    @Override
    public LogReader log() {
        return new LogReader() {
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
                synchronized (MemoryJournal.this) {
                    return rows.size();
                }
            }

            @Override
            public long oldest() {
                return 1;
            }

            @Override
            public Page after(long p, Filter f, int limit) {
                synchronized (MemoryJournal.this) {
                    return new Page(
                            rows.stream()
                                    .filter(r -> r.position() > p && f.accepts(r))
                                    .limit(limit)
                                    .toList(),
                            rows.size());
                }
            }

            @Override
            public Optional<Row> byId(InteractionId id) {
                synchronized (MemoryJournal.this) {
                    return Optional.ofNullable(row(id));
                }
            }

            @Override
            public Optional<Row> at(long p) {
                synchronized (MemoryJournal.this) {
                    return Optional.of(rows.get((int) p - 1));
                }
            }

            @Override
            public Optional<Raw> raw(InteractionId id) {
                return Optional.empty();
            }
        };
    }

    @Override
    public Directory directory() {
        return new Directory() {
            @Override
            public Optional<End> end(AccountId a, String address) {
                synchronized (MemoryJournal.this) {
                    return Optional.ofNullable(ends.get(k(a, address)));
                }
            }

            @Override
            public Optional<Conversations.Conversation> open(
                    AccountId a, String line, String address, @Nullable String thread) {
                synchronized (MemoryJournal.this) {
                    return conversations.values().stream()
                            .filter(c ->
                                    c.closedAt() == null
                                            && c.account().equals(a)
                                            && c.line().equals(line)
                                            && c.address().equals(address)
                                            && Objects.equals(c.thread(), thread))
                            .findFirst();
                }
            }

            @Override
            public Optional<CustomerId> identity(String t, String v) {
                return Optional.empty();
            }

            @Override
            public Optional<Reference> reference(AccountId a, String x) {
                synchronized (MemoryJournal.this) {
                    return Optional.ofNullable(references.get(k(a, x)));
                }
            }

            @Override
            public List<Parked> parked(AccountId a, String x) {
                synchronized (MemoryJournal.this) {
                    return parked.stream()
                            .filter(p -> p.account().equals(a) && p.externalId().equals(x))
                            .toList();
                }
            }

            @Override
            public List<Parked> parkedBefore(Instant b, int l) {
                return List.of();
            }

            @Override
            public List<Reference> references(InteractionId i) {
                synchronized (MemoryJournal.this) {
                    return references.values().stream()
                            .filter(r -> r.interaction().equals(i))
                            .toList();
                }
            }
        };
    }

    @Override
    public Conversations conversations() {
        return new Conversations() {
            @Override
            public Optional<Conversation> byId(ConversationId id) {
                synchronized (MemoryJournal.this) {
                    return Optional.ofNullable(conversations.get(id));
                }
            }

            @Override
            public List<Conversation> page(Query q, long before, int limit) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Row> interactions(ConversationId id, long after, int limit) {
                synchronized (MemoryJournal.this) {
                    return rows.stream()
                            .filter(r -> id.equals(r.conversation()) && r.position() > after)
                            .limit(limit)
                            .toList();
                }
            }

            @Override
            public List<Row> interactionsBefore(ConversationId id, long before, int limit) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public Customers customers() {
        return new Customers() {
            @Override
            public Optional<Customer> byId(CustomerId id) {
                synchronized (MemoryJournal.this) {
                    return Optional.ofNullable(customers.get(id));
                }
            }

            @Override
            public Set<CustomerId> aliases(CustomerId id) {
                return Set.of(id);
            }

            @Override
            public List<Customer> page(@Nullable CustomerId b, int l) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Identity> identities(Set<CustomerId> c) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Address> addresses(Set<CustomerId> c) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<Boolean> consent(
                    CustomerId c, AccountId a, String address, String purpose) {
                synchronized (MemoryJournal.this) {
                    return Optional.ofNullable(consents.get(k(c, a, address, purpose)));
                }
            }
        };
    }

    @Override
    public Outbox outbox() {
        return new Outbox() {
            @Override
            public List<Send> pending(AccountId a, long after, int limit) {
                synchronized (MemoryJournal.this) {
                    return sends.tailMap(after, false).values().stream()
                            .filter(s ->
                                    s.account().equals(a)
                                            && switch (s.state()) {
                                                case QUEUED, SENDING, HELD -> true;
                                                case UNKNOWN -> s.notBefore() != null;
                                                default -> false;
                                            })
                            .limit(limit)
                            .toList();
                }
            }

            @Override
            public Optional<Send> byId(long id) {
                synchronized (MemoryJournal.this) {
                    return Optional.ofNullable(sends.get(id));
                }
            }

            @Override
            public List<Send> of(InteractionId i) {
                synchronized (MemoryJournal.this) {
                    return sends.values().stream().filter(s -> s.interaction().equals(i)).toList();
                }
            }

            @Override
            public List<Delivery> deliveries(InteractionId i) {
                synchronized (MemoryJournal.this) {
                    return List.copyOf(deliveries.getOrDefault(i, Map.of()).values());
                }
            }

            @Override
            public Map<State, Long> counts() {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public MediaRecords media() {
        return new MediaRecords() {
            @Override
            public Optional<Media> byId(MediaId id) {
                synchronized (MemoryJournal.this) {
                    return Optional.ofNullable(media.get(id));
                }
            }

            @Override
            public List<Fetch> due(Instant now, int limit) {
                return List.of();
            }

            @Override
            public Optional<Instant> nextDue() {
                return Optional.empty();
            }
        };
    }

    @Override
    public Accounts accounts() {
        return new Accounts() {
            @Override
            public List<Account> all() {
                return List.of();
            }

            @Override
            public Optional<Account> byId(AccountId id) {
                return Optional.empty();
            }
        };
    }

    @Override
    public Tokens tokens() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PluginState pluginState() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeadLetters deadLetters() {
        return new DeadLetters() {
            @Override
            public Optional<DeadLetter> byId(long id) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<DeadLetter> page(
                    @Nullable AccountId account,
                    @Nullable Direction direction,
                    boolean openOnly,
                    long before,
                    int limit) {
                synchronized (MemoryJournal.this) {
                    return List.copyOf(deadLetters);
                }
            }

            @Override
            public long open() {
                synchronized (MemoryJournal.this) {
                    return deadLetters.size();
                }
            }
        };
    }

    @Override
    public Answers answers() {
        return (p, key) -> {
            synchronized (MemoryJournal.this) {
                return Optional.ofNullable(answers.get(k(p, key)));
            }
        };
    }

    @Override
    public Audit audit() {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized long nextEpoch() {
        return ++epoch;
    }

    @Override
    public Health health() {
        return new Health(true, "", rows.size(), 1, 0);
    }

    @Override
    public void backup(Path target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int dropBefore(Instant before) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
