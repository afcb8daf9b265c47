package io.tributary.host.connections;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.host.accounts.Deliveries;
import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.accounts.SlotLeases;
import io.tributary.host.accounts.Wire;
import io.tributary.model.AccountId;
import io.tributary.spi.HoldsConnections;
import io.tributary.spi.SendsSignals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connections of all accounts that hold any. Thread safe.
public final class Connections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final OpenAccounts accounts;
    private final Surroundings surroundings;
    private final Map<AccountId, AccountConnections> connections = new ConcurrentHashMap<>();
    private final List<Consumer<AccountId>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    /// Connections of which none runs yet.
    ///
    /// @param deliveries where they deliver to
    public Connections(
            OpenAccounts accounts,
            SlotLeases leases,
            Deliveries deliveries,
            ConnectionPace pace,
            MeterRegistry meters) {
        this.accounts = accounts;
        this.surroundings =
                new Surroundings(
                        leases,
                        deliveries,
                        account -> listeners.forEach(each -> each.accept(account)),
                        pace,
                        new ConnectionFigures(meters));
        leases.whenChanged(this::changed);
    }

    /// Tells `listener` of each account of which a connection begins or ceases to take messages. It
    /// must be short.
    public void whenWiresChanged(Consumer<AccountId> listener) {
        listeners.add(listener);
    }

    /// Begins to run them.
    public void start() {
        running = true;
        accounts.all().forEach(each -> changed(each.id()));
    }

    /// An account was opened, opened anew or closed, or a lease of it was won or lost; returns at
    /// once.
    public void changed(AccountId account) {
        if (running) {
            inBackground(account);
        }
    }

    private Thread inBackground(AccountId account) {
        return Thread.ofVirtual()
                .name("connections " + account)
                .inheritInheritableThreadLocals(false)
                .start(() -> look(account));
    }

    private void look(AccountId id) {
        var open = running ? open(id) : null;
        boolean holds = open != null && open.ability(HoldsConnections.class).isPresent();
        var known =
                holds
                        ? connections.computeIfAbsent(id, _ -> new AccountConnections(surroundings))
                        : connections.get(id);
        if (known == null) {
            return;
        }
        try {
            // looked up again inside: of two that race here, the later one sees what is
            known.be(() -> running ? open(id) : null);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.error("account={} its connections could not be looked after", id, failure);
        }
    }

    private @Nullable OpenAccount open(AccountId id) {
        return accounts.find(id) instanceof OpenAccounts.Found.Open(OpenAccount account)
                ? account
                : null;
    }

    /// Into how many slots an account's connections are divided; 0: that is not known yet, or it
    /// holds none.
    public int slots(AccountId account) {
        var known = connections.get(account);
        return known == null ? 0 : known.slots();
    }

    /// The connection that sends to an address now; empty: there is none, or it sends nothing.
    public Optional<Wire> wire(AccountId account, String address) {
        var known = connections.get(account);
        return known == null ? Optional.empty() : Optional.ofNullable(known.wire(address));
    }

    /// What shows signals at an address now: the plugin's object, to be called through the
    /// account's calls only.
    public Optional<SendsSignals> signals(AccountId account, String address) {
        var known = connections.get(account);
        return known != null && known.current(address) instanceof SendsSignals signals
                ? Optional.of(signals)
                : Optional.empty();
    }

    /// Has all of them leave, side by side, and waits until they have or were given up (guarantee
    /// 15).
    @Override
    public void close() {
        running = false;
        var leaving = new ArrayList<Thread>();
        connections.keySet().forEach(each -> leaving.add(inBackground(each)));
        try {
            for (var each : leaving) {
                each.join();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
