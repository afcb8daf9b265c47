package io.tributary.host.accounts;

import io.tributary.model.AccountId;
import java.util.Collection;

/// The accounts of this member as they serve right now. Thread safe; finding is cheap enough for
/// every request.
public interface OpenAccounts {

    Found find(AccountId id);

    Collection<OpenAccount> all();

    sealed interface Found {
        record Open(OpenAccount account) implements Found {}

        /// Configured, but not serving; `why` is for an operator.
        record Down(String why) implements Found {}

        record Unknown() implements Found {}
    }
}
