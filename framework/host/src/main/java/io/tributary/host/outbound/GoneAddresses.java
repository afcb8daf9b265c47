package io.tributary.host.outbound;

import io.tributary.model.AccountId;
import io.tributary.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
    private volatile boolean any;

    GoneAddresses(Duration lasts, InstantSource clock) {
        this.lasts = lasts;
        this.clock = clock;
    }

    private record Address(AccountId account, String address) {}

    private record Gone(Reason reason, Instant until) {}

    synchronized void add(AccountId account, String address, Reason reason) {
        gone.put(new Address(account, address), new Gone(reason, clock.instant().plus(lasts)));
        any = true;
    }

    /// Somebody wrote from there.
    synchronized void remove(AccountId account, String address) {
        gone.remove(new Address(account, address));
        any = !gone.isEmpty();
    }

    /// Whether there are any at all; costs nothing.
    boolean any() {
        return any;
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
