package io.tributary.host.accounts;

import io.tributary.host.journal.Expect;
import io.tributary.model.AccountId;
import io.tributary.model.Signal;
import io.tributary.spi.Delivery;
import io.tributary.spi.Outcome;
import io.tributary.spi.Translates;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Where connections and devices of accounts deliver to; the host puts its way to the log behind
/// it.
public interface Deliveries {

    /// Stores what was delivered; returns at once.
    ///
    /// @param device through which it came; null: through none
    /// @param expects what has to be so still when it is stored; else it fails as lost
    /// @return one outcome per event once all are durable; fails with [io.tributary.spi.NotStored]
    ///   when nothing is to be acknowledged
    CompletableFuture<List<Outcome>> deliver(
            OpenAccount account,
            Translates translates,
            @Nullable String device,
            List<Expect> expects,
            Delivery delivery);

    /// Passes a signal on to whoever watches now; returns at once.
    void signal(AccountId account, Signal signal);
}
