package io.tributary.host.http;

import io.tributary.host.access.Authenticator;
import io.tributary.host.access.Principal;
import io.tributary.host.access.Scope;
import io.tributary.model.AccountId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Tokens that a test hands out. Nothing is remembered, so every request takes the long way.
final class KnownTokens implements Authenticator {

    static final String READER = "trb_reader";
    static final String OPERATOR = "trb_operator";
    static final String GUESSER = "203.0.113.9";

    private final Map<String, Principal> tokens = new ConcurrentHashMap<>();
    private final java.util.List<TokenChanges> listeners = new CopyOnWriteArrayList<>();

    KnownTokens() {
        tokens.put(READER, principal("reader", Scope.INTERACTIONS_READ));
        tokens.put(OPERATOR, principal("operator", Scope.values()));
    }

    private static Principal principal(String id, Scope... scopes) {
        return new Principal(id, id, Set.of(scopes), Set.<AccountId>of());
    }

    @Override
    public @Nullable Principal remembered(String bearer) {
        return null;
    }

    @Override
    public Verdict authenticate(String bearer, String remote) {
        if (remote.equals(GUESSER)) {
            return new Verdict.TooMany(Duration.ofSeconds(7));
        }
        Principal principal = tokens.get(bearer);
        return principal == null ? new Verdict.Unknown() : new Verdict.Known(principal);
    }

    @Override
    public AutoCloseable onChange(TokenChanges listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void revoke(String bearer) {
        Principal gone = tokens.remove(bearer);
        if (gone != null) {
            listeners.forEach(listener -> listener.revoked(gone.id()));
        }
    }
}
