package io.tributary.spi;

import java.util.List;

/// One configured account of a channel, open on every member; thread safe.
///
/// Only `capabilities` is required. Whatever else an account can do it says by implementing one
/// more interface: [ReceivesWebhooks], [Sends], [Reconciles], [FetchesMedia], [SplitsText],
/// [ChecksHealth], [OffersActions], [HoldsConnections], [HostsDevices], [SendsSignals],
/// [ServesPages].
///
/// Methods are called side by side (guarantee 3). Whatever they throw is copied as text and
/// counted, and harms nothing but the call (guarantee 4). At shutdown webhooks and new sockets are
/// refused first, then sends and connections end, then accounts are closed, 30 s in all; after a
/// `kill -9` nothing is called (guarantee 28).
public interface Account extends AutoCloseable {

    /// Says what this conversation can carry now.
    ///
    /// Deadline 200 ms (guarantee 2): may read state, never the network. The answer is cached until
    /// the conversation's next interaction or [AccountContext#changed()].
    Capabilities capabilities(Conversation conversation);

    /// Our ends, as far as settings know them; empty when only the provider does.
    default List<Line> lines() {
        return List.of();
    }

    /// Over how many leases connections and sending are divided, so that several members share
    /// them.
    default int slots() {
        return 1;
    }

    /// Called once, after the account's last call ended or was given up (guarantee 7); deadline 10
    /// s. There is nothing to do unless the account holds what the context did not give it.
    @Override
    default void close() {}
}
