package io.tributary.host.outbound;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Row;
import io.tributary.model.AccountId;
import io.tributary.model.Direction;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Sends;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what lies in the outbox, one dispatcher per account.
///
/// It finds accounts by itself as they open, and takes new settings and versions as they come: a
/// send goes through the account as it is open at that moment. Thread safe.
public final class Dispatchers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatchers.class);

    /// How many sends of an account are held in memory.
    private static final int MOST = 10_000;

    private final Equipment equipment;
    private final Backoff backoff;
    private final int most;
    private final ConcurrentHashMap<AccountId, Dispatcher> dispatchers = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread watch;
    private volatile AutoCloseable listening = () -> {};

    /// Dispatchers that do not send yet.
    ///
    /// @param epoch of this run of the member, from [Journal#nextEpoch()]
    /// @param parked turns what came too early into changes
    public Dispatchers(
            Journal journal,
            OpenAccounts accounts,
            Wires wires,
            Parked parked,
            long epoch,
            TimeOrderedIds ids,
            InstantSource clock,
            MeterRegistry meters,
            Pace pace) {
        this(journal, accounts, wires, parked, epoch, ids, clock, meters, pace, MOST);
    }

    /// @param most how many sends of an account are held in memory
    Dispatchers(
            Journal journal,
            OpenAccounts accounts,
            Wires wires,
            Parked parked,
            long epoch,
            TimeOrderedIds ids,
            InstantSource clock,
            MeterRegistry meters,
            Pace pace,
            int most) {
        this.most = most;
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
                        epoch);
        this.watch = Thread.ofVirtual().name("outbound accounts").unstarted(this::watch);
    }

    /// Begins to send.
    public void start() {
        listening = equipment.journal().onCommit(this::committed);
        watch.start();
    }

    /// Hurries along what would be found anyway: an account has opened.
    public void accountOpened(AccountId account) {
        if (closed.getCount() > 0) {
            dispatcher(account).hint();
        }
    }

    /// A wire of the account may have come, or was shut: what waits is looked at again.
    ///
    /// @param who came; null: anybody
    public void wiresChanged(AccountId account, @Nullable String who) {
        var dispatcher = dispatchers.get(account);
        if (dispatcher != null) {
            dispatcher.wiresChanged(who);
        }
    }

    /// Starts no new sends through the account as it is open now, and waits for those under way,
    /// ten seconds at the most. When the account is opened anew, sending goes on.
    public void drain(AccountId account) throws InterruptedException {
        var dispatcher = dispatchers.get(account);
        if (dispatcher != null) {
            await(dispatcher.drain());
        }
    }

    /// Tries again what an account holds that the provider had stopped: an operator has acted. New
    /// settings do this by themselves, and so does a health that turns well.
    public void release(AccountId account) {
        var dispatcher = dispatchers.get(account);
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
                            dispatchers.values().stream()
                                    .map(Dispatcher::leave)
                                    .toArray(CompletableFuture<?>[]::new)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        equipment.ledger().close();
        dispatchers.values().forEach(Dispatcher::end);
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

    /// On the journal's telling thread: looks and hands over.
    private void committed(List<Row> rows) {
        for (var row : rows) {
            var dispatcher = dispatchers.get(row.account());
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
                    dispatcher(account.id());
                }
            }
            equipment.journal().outbox().accounts().forEach(this::dispatcher);
        } catch (JournalUnavailable unavailable) {
            LOG.debug("the outbox cannot be read: {}", unavailable.getMessage());
        } catch (RuntimeException | Error failure) {
            // without this thread, accounts that come later would never send
            LOG.error("accounts with sends could not be looked for, trying again", failure);
        }
    }

    private Dispatcher dispatcher(AccountId id) {
        return dispatchers.computeIfAbsent(
                id,
                _ -> {
                    var dispatcher = new Dispatcher(id, equipment, backoff, most);
                    dispatcher.start();
                    return dispatcher;
                });
    }
}
