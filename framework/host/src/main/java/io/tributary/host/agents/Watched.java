package io.tributary.host.agents;

import io.tributary.model.AccountId;
import io.tributary.model.Signal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which customers' signals a reader is shown.
///
/// @param accounts empty: all
/// @param end null: of anybody
public record Watched(Set<AccountId> accounts, @Nullable End end) {

    /// One customer, as a conversation has it.
    record End(AccountId account, String line, String address) {}

    public Watched {
        accounts = Set.copyOf(accounts);
    }

    boolean accepts(AccountId account, Signal signal) {
        if (!accounts.isEmpty() && !accounts.contains(account)) {
            return false;
        }
        return end == null || end.equals(new End(account, signal.line(), signal.address()));
    }
}
