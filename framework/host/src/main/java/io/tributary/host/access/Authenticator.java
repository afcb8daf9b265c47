package io.tributary.host.access;

import java.time.Duration;
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

    /// Tells `listener` of tokens from now on; of one thing perhaps more than once. Close the
    /// answer to stop.
    AutoCloseable onChange(TokenChanges listener);

    /// Hears of tokens that open streams depend on.
    interface TokenChanges {

        /// The token is worthless now.
        ///
        /// @param id no secret
        void revoked(String id);

        /// The token was made, or is good again.
        void given(String id);
    }

    /// What the look-up found.
    sealed interface Verdict {
        record Known(Principal principal) implements Verdict {}

        record Unknown() implements Verdict {}

        record TooMany(Duration until) implements Verdict {}
    }
}
