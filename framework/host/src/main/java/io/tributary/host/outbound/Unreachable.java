package io.tributary.host.outbound;

import io.tributary.model.AccountId;
import io.tributary.model.Reason;
import java.util.Optional;

/// Which addresses the provider has lately said that nobody is at.
interface Unreachable {

    /// Why nothing is sent there for now, if so.
    Optional<Reason> reason(AccountId account, String address);
}
