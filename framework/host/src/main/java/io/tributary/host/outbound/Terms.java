package io.tributary.host.outbound;

import io.tributary.model.AccountId;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// On which terms a member takes what is to be sent.
///
/// @param usualLife after which a send is of no use where its draft does not say
/// @param files where customers read files that their channel cannot carry; null: they can read
///   none, since nobody said under which address customers reach this deployment
/// @param filesLast how long they can, at least
/// @param quotas of accounts that have one
public record Terms(
        Duration usualLife,
        @Nullable FileLinks files,
        Duration filesLast,
        Map<AccountId, Quota> quotas) {

    public Terms {
        quotas = Map.copyOf(quotas);
    }

    /// Without quotas.
    public Terms(Duration usualLife, @Nullable FileLinks files, Duration filesLast) {
        this(usualLife, files, filesLast, Map.of());
    }
}
