package io.tributary.host.access;

import io.tributary.model.Bytes;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Valid tokens of the last seconds, so that not every request reads the journal.
///
/// Short enough that a token revoked on another member is refused here within five seconds; on this
/// member it is at once.
final class RememberedTokens {

    private static final long FRESH_MILLIS = 3_000;
    private static final int MOST = 10_000;

    private final InstantSource clock;
    private final Map<Bytes, Known> known = new ConcurrentHashMap<>();
    private final AtomicLong revocations = new AtomicLong();

    private record Known(Principal principal, long since) {}

    RememberedTokens(InstantSource clock) {
        this.clock = clock;
    }

    @Nullable Principal fresh(Bytes hash) {
        Known mine = known.get(hash);
        return mine == null || clock.millis() - mine.since() > FRESH_MILLIS
                ? null
                : mine.principal();
    }

    /// Whether the token was valid when it came last, however long ago.
    boolean knew(Bytes hash) {
        return known.containsKey(hash);
    }

    /// To be taken before the look-up whose result is then learnt.
    long asOf() {
        return revocations.get();
    }

    /// Not if something was revoked since the look-up began: it may have been this.
    void learn(Bytes hash, Principal principal, long asOf) {
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(hash, new Known(principal, clock.millis()));
        if (revocations.get() != asOf) {
            known.remove(hash);
        }
    }

    void forget(Bytes hash) {
        known.remove(hash);
    }

    void forget(String id) {
        revocations.incrementAndGet();
        known.values().removeIf(mine -> mine.principal().id().equals(id));
    }
}
