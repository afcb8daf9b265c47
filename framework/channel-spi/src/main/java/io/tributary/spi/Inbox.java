package io.tributary.spi;

import io.tributary.model.Signal;
import java.util.List;

/// Where connections and devices put what came in.
@Preview
@HostProvided
public interface Inbox {

    /// Stores it durably, in one commit, and only then returns (guarantee 10). Deliveries made one
    /// after another keep that order. Time spent here does not count against a call's deadline.
    ///
    /// @return one outcome per event, in order: acknowledge all of them
    /// @throws NotStored nothing was stored: do not acknowledge
    /// @throws InterruptedException it may have been stored or not: do not acknowledge
    List<Outcome> deliver(Delivery delivery) throws NotStored, InterruptedException;

    /// Passes a signal on; never kept, may be dropped.
    void signal(Signal signal);
}
