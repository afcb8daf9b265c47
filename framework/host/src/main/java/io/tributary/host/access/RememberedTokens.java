package io.tributary.host.access;

import io.tributary.model.Bytes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Valid tokens of the last seconds, so that not every request reads the journal.
///
/// On the member where a token is revoked it is refused at once. Others hear of it; should they
/// not, it is looked up again when it has been remembered for long enough.
final class RememberedTokens {

    /// Where nobody else revokes tokens.
    static final Duration ALONE = Duration.ofSeconds(3);

    private static final int MOST = 10_000;

    private final InstantSource clock;
    private final long fresh;
    private final Map<Bytes, Known> known = new ConcurrentHashMap<>();
    private final AtomicLong revocations = new AtomicLong();

    private record Known(Principal principal, long since) {}

    /// @param fresh for how long a token is remembered
    RememberedTokens(InstantSource clock, Duration fresh) {
        this.clock = clock;
        this.fresh = fresh.toMillis();
    }

    @Nullable Principal fresh(Bytes hash) {
        Known mine = known.get(hash);
        return mine == null || clock.millis() - mine.since() > fresh ? null : mine.principal();
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
