package io.tributary.host.outbound;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.accounts.SlotLeases;
import io.tributary.host.accounts.SlotLeases.SlotLease;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Row;
import io.tributary.model.AccountId;
import io.tributary.model.Direction;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Sends;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what lies in the outbox, one dispatcher per account.
///
/// It finds accounts by itself as they open, and takes new settings and versions as they come: a
/// send goes through the account as it is open at that moment. Of several members, the one that
/// runs an account's slot sends for it; where connections or devices send, each member sends on
/// those that end there. Thread safe.
public final class Dispatchers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatchers.class);

    /// How many sends of an account are held in memory.
    private static final int MOST = 10_000;

    private final SlotLeases leases;
    private final Equipment equipment;
    private final Backoff backoff;
    private final int most;
    private final ConcurrentHashMap<AccountId, Post> posts = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<AccountId, ReentrantLock> turns = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread watch;
    private volatile AutoCloseable listening = () -> {};

    /// @param lease of the account's slot; null: it sends on wires that end here
    private record Post(@Nullable SlotLease lease, Dispatcher dispatcher) {}

    /// Dispatchers that do not send yet.
    ///
    /// @param epoch of this run of the member, from [Journal#nextEpoch()]
    /// @param leases which accounts' slots this member runs
    /// @param parked turns what came too early into changes
    /// @param atLeastOnce accounts whose sends of unknown outcome are sent again when nothing has
    ///   settled them
    public Dispatchers(
            Journal journal,
            OpenAccounts accounts,
            Wires wires,
            SlotLeases leases,
            Parked parked,
            long epoch,
            TimeOrderedIds ids,
            InstantSource clock,
            MeterRegistry meters,
            Pace pace,
            Set<AccountId> atLeastOnce) {
        this(
                journal,
                accounts,
                wires,
                leases,
                parked,
                epoch,
                ids,
                clock,
                meters,
                pace,
                atLeastOnce,
                MOST);
    }

    /// @param most how many sends of an account are held in memory
    Dispatchers(
            Journal journal,
            OpenAccounts accounts,
            Wires wires,
            SlotLeases leases,
            Parked parked,
            long epoch,
            TimeOrderedIds ids,
            InstantSource clock,
            MeterRegistry meters,
            Pace pace,
            Set<AccountId> atLeastOnce,
            int most) {
        this.most = most;
        this.leases = leases;
        var random = RandomGenerator.getDefault();
        this.backoff = new Backoff(pace.firstBackoff(), pace.longestBackoff(), random);
        var gone = new GoneAddresses(pace.gone(), clock);
        this.equipment =
                new Equipment(
                        journal,
                        accounts,
                        wires,
                        new Ledger(journal, pace.journal()),
                        new Settlement(journal, parked, new Receipts(ids, clock), clock),
                        new Permission(journal, gone),
                        gone,
                        new Outcomes(meters),
                        backoff,
                        clock,
                        pace,
                        epoch,
                        Set.copyOf(atLeastOnce),
                        new Standing.OfWires(leases),
                        ConcurrentHashMap.newKeySet());
        this.watch = Thread.ofVirtual().name("outbound accounts").unstarted(this::watch);
    }

    /// Begins to send.
    public void start() {
        listening = equipment.journal().onCommit(this::committed);
        leases.whenChanged(this::leaseChanged);
        watch.start();
    }

    /// Hurries along what would be found anyway: an account has opened.
    public void accountOpened(AccountId account) {
        inBackground(account);
    }

    /// A slot of the account was won, is to be given back, or was lost.
    private void leaseChanged(AccountId account) {
        inBackground(account);
    }

    private void inBackground(AccountId account) {
        if (closed.getCount() > 0) {
            Thread.ofVirtual()
                    .name("outbound account " + account)
                    .inheritInheritableThreadLocals(false)
                    .start(() -> consider(account));
        }
    }

    /// A wire of the account may have come, or was shut: what waits is looked at again.
    ///
    /// @param who came; null: anybody
    public void wiresChanged(AccountId account, @Nullable String who) {
        var dispatcher = dispatcher(account);
        if (dispatcher != null) {
            dispatcher.wiresChanged(who);
        }
    }

    /// Starts no new sends through the account as it is open now, and waits for those under way,
    /// ten seconds at the most. When the account is opened anew, sending goes on.
    public void drain(AccountId account) throws InterruptedException {
        var dispatcher = dispatcher(account);
        if (dispatcher != null) {
            await(dispatcher.drain());
        }
    }

    /// Tries again what an account holds that the provider had stopped: an operator has acted. New
    /// settings do this by themselves, and so does a health that turns well.
    public void release(AccountId account) {
        var dispatcher = dispatcher(account);
        if (dispatcher != null) {
            dispatcher.release();
        }
    }

    Unreachable unreachable() {
        return equipment.gone();
    }

    /// Starts nothing new, gives what is under way ten seconds, and ends. What did not come back by
    /// then is of unknown outcome at the next start.
    @Override
    public void close() {
        closed.countDown();
        stopListening();
        try {
            if (watch.getState() != Thread.State.NEW) {
                watch.join(equipment.pace().drain());
            }
            await(
                    CompletableFuture.allOf(
                            posts.values().stream()
                                    .map(each -> each.dispatcher().leave())
                                    .toArray(CompletableFuture<?>[]::new)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        equipment.ledger().close();
        posts.values().forEach(each -> each.dispatcher().end());
    }

    private void stopListening() {
        try {
            listening.close();
        } catch (Exception failure) {
            LOG.warn("the journal's listener could not be removed: {}", failure.getMessage());
        }
    }

    private void await(CompletableFuture<Void> idle) throws InterruptedException {
        try {
            idle.get(equipment.pace().drain().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            LOG.warn("sends are still under way: their outcome will be unknown");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Looks at what was committed, here or by another member, and hands over; for any thread.
    public void committed(List<Row> rows) {
        for (var row : rows) {
            var dispatcher = dispatcher(row.account());
            var conversation = row.conversation();
            if (dispatcher == null || conversation == null) {
                continue;
            }
            if (row.type().equals("receipt")) {
                dispatcher.receipt(conversation);
            } else if (row.direction() == Direction.OUTBOUND) {
                dispatcher.hint();
            } else if (row.direction() == Direction.INBOUND) {
                dispatcher.spoke(conversation);
                if (equipment.gone().mayConcern(row.customer())) {
                    Thread.startVirtualThread(() -> isThere(row));
                }
            }
        }
    }

    /// The customer wrote: somebody is at the address again.
    private void isThere(Row row) {
        var address = Bodies.of(row).address();
        equipment.gone().remove(row.account(), address);
    }

    private void watch() {
        try {
            do {
                look();
            } while (!closed.await(equipment.pace().poll().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// An account that has sends waiting has a dispatcher as well, even if it is down, or
    /// configured no more: what it cannot send comes to its end in time.
    private void look() {
        try {
            for (var account : equipment.accounts().all()) {
                if (account.ability(Sends.class).isPresent()) {
                    lookAt(account.id());
                }
            }
            equipment.journal().outbox().accounts().forEach(this::lookAt);
        } catch (JournalUnavailable unavailable) {
            LOG.debug("the outbox cannot be read: {}", unavailable.getMessage());
        } catch (RuntimeException | Error failure) {
            // without this thread, accounts that come later would never send
            LOG.error("accounts with sends could not be looked for, trying again", failure);
        }
    }

    private void lookAt(AccountId id) {
        if (!fits(id, posts.get(id))) {
            inBackground(id);
        }
    }

    /// Brings it about that the account has a dispatcher exactly where this member may send for it.
    private void consider(AccountId id) {
        try {
            var turn = turns.computeIfAbsent(id, _ -> new ReentrantLock());
            turn.lockInterruptibly();
            try {
                fill(id);
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.error("account={} its sends could not be looked after", id, failure);
        }
    }

    private void fill(AccountId id) throws InterruptedException {
        var known = posts.get(id);
        if (!fits(id, known)) {
            if (known != null) {
                retire(id, known);
            }
            known = closed.getCount() > 0 ? filled(id) : null;
        }
        if (known != null) {
            known.dispatcher().hint();
        }
    }

    /// Whether the account has the dispatcher that it should have here.
    private boolean fits(AccountId id, @Nullable Post known) {
        if (!isOpen(id)) {
            // what was begun comes to its end; where nothing was, anybody may do that
            return known != null && (known.lease() == null || isOurs(id, known.lease()));
        }
        if (!sendsItself(id)) {
            return known != null && known.lease() == null;
        }
        var epoch = leases.epoch(id, 0);
        if (known == null || epoch.isEmpty()) {
            return known == null && epoch.isEmpty();
        }
        var lease = known.lease();
        return lease != null && isOurs(id, lease);
    }

    private boolean isOurs(AccountId id, SlotLease lease) {
        return lease.held() && leases.epoch(id, 0).equals(OptionalLong.of(lease.epoch()));
    }

    private boolean isOpen(AccountId id) {
        return equipment.accounts().find(id) instanceof OpenAccounts.Found.Open;
    }

    private boolean sendsItself(AccountId id) {
        return equipment.accounts().find(id) instanceof OpenAccounts.Found.Open(var account)
                && account.ability(Sends.class).isPresent();
    }

    /// @return null: this member is not to send for it
    private @Nullable Post filled(AccountId id) {
        @Nullable SlotLease lease = null;
        var at = equipment;
        if (sendsItself(id)) {
            lease = leases.take(id, 0).orElse(null);
            if (lease == null) {
                return null;
            }
            at = equipment.standing(new Standing.OfSlot(lease, leases));
        }
        var post = new Post(lease, new Dispatcher(id, at, backoff, most));
        posts.put(id, post);
        post.dispatcher().start();
        if (closed.getCount() == 0) {
            // closed meanwhile, which may not have seen it
            post.dispatcher().end();
        }
        return post;
    }

    /// Has its dispatcher end, in peace where the slot is still this member's.
    private void retire(AccountId id, Post post) throws InterruptedException {
        var lease = post.lease();
        try {
            if (lease == null || lease.held()) {
                await(post.dispatcher().leave());
            }
        } finally {
            post.dispatcher().end();
            posts.remove(id);
            if (lease != null) {
                lease.giveBack();
            }
        }
    }

    private @Nullable Dispatcher dispatcher(AccountId id) {
        var post = posts.get(id);
        return post == null ? null : post.dispatcher();
    }
}
