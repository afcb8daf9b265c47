package io.tributary.host.outbound;

import io.tributary.model.AccountId;
import io.tributary.model.CustomerId;
import io.tributary.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Addresses that nobody is at any more, as providers said.
///
/// Nothing is sent there for a while: replies are refused at the gate, and what is queued fails
/// without a call. It is kept in memory only, since to forget it costs one more call, and to
/// remember it too long would keep a customer who came back from being answered: a word from the
/// address, or some time, ends it. Thread safe.
final class GoneAddresses implements Unreachable {

    private static final int MOST = 10_000;

    private final Duration lasts;
    private final InstantSource clock;
    private final Map<Address, Gone> gone =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Address, Gone> eldest) {
                    return size() > MOST;
                }
            };
    private final Set<CustomerId> customers = ConcurrentHashMap.newKeySet();

    GoneAddresses(Duration lasts, InstantSource clock) {
        this.lasts = lasts;
        this.clock = clock;
    }

    private record Address(AccountId account, String address) {}

    private record Gone(Reason reason, Instant until, CustomerId customer) {}

    synchronized void add(AccountId account, String address, CustomerId customer, Reason reason) {
        var until = clock.instant().plus(lasts);
        gone.put(new Address(account, address), new Gone(reason, until, customer));
        customers.add(customer);
    }

    /// Somebody wrote from there.
    synchronized void remove(AccountId account, String address) {
        gone.remove(new Address(account, address));
        customers.clear();
        gone.values().forEach(one -> customers.add(one.customer()));
    }

    /// Whether one of the addresses may be this customer's. Cheap: asked for every interaction.
    boolean mayConcern(@Nullable CustomerId customer) {
        return customer != null && !customers.isEmpty() && customers.contains(customer);
    }

    @Override
    public synchronized Optional<Reason> reason(AccountId account, String address) {
        var found = gone.get(new Address(account, address));
        if (found == null) {
            return Optional.empty();
        }
        if (found.until().isBefore(clock.instant())) {
            remove(account, address);
            return Optional.empty();
        }
        return Optional.of(found.reason());
    }
}
