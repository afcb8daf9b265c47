package io.tributary.host.access;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells who a bearer token is. Thread safe.
public interface Authenticator {

    /// Who it was a moment ago, from memory alone: cheap enough for an event loop. Null:
    /// [#authenticate] must say.
    @Nullable Principal remembered(String bearer);

    /// Looks the token up; may block.
    ///
    /// @param remote who asks: whoever guesses too often is told to wait
    Verdict authenticate(String bearer, String remote);

    /// Calls `listener` with the id of each token that is revoked from now on. Close the answer to
    /// stop.
    AutoCloseable onRevoked(Consumer<String> listener);

    /// What the look-up found.
    sealed interface Verdict {
        record Known(Principal principal) implements Verdict {}

        record Unknown() implements Verdict {}

        record TooMany(Duration until) implements Verdict {}
    }
}
