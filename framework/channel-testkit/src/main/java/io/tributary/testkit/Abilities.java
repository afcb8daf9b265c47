package io.tributary.testkit;

import io.tributary.spi.Account;
import org.jspecify.annotations.Nullable;

/// What an account can do beyond the required.
///
/// @param account null where there is none: it can do nothing
record Abilities(@Nullable Account account) {

    boolean have(Class<?> ability) {
        return ability.isInstance(account);
    }
}
