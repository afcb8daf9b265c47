package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads accounts that were configured by API. Blocking, thread safe.
public interface Accounts {

    List<Account> all();

    /// The version of each account, by id: little to read where many are.
    Map<AccountId, Long> versions();

    Optional<Account> byId(AccountId id);

    /// An account as configured.
    ///
    /// @param config the settings as JSON, without secrets
    /// @param sealedSecrets opaque to the journal
    /// @param version grows with each change
    record Account(
            AccountId id,
            ChannelId channel,
            String config,
            Bytes sealedSecrets,
            boolean enabled,
            long version,
            Instant updatedAt) {}
}
