package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads bearer tokens; only hashes are kept. Blocking, thread safe.
public interface Tokens {

    Optional<Token> byHash(Bytes hash);

    List<Token> all();

    /// A token as its owner got it, but for the secret.
    ///
    /// @param accounts empty: all
    record Token(
            String id,
            String name,
            Bytes hash,
            Set<String> scopes,
            Set<AccountId> accounts,
            Instant createdAt,
            @Nullable Instant revokedAt) {}
}
