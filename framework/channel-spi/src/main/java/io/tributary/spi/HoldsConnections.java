package io.tributary.spi;

/// Holds something open to the provider, under a lease that one member at a time has: a bind, a
/// broker session, long polling, hourly chores.
@Preview
public interface HoldsConnections extends Translates {

    /// Prepares a connection for a slot; it may still wait, but must not connect before `run`.
    ///
    /// Only under the slot's lease, one per slot in the whole cluster (guarantee 13).
    Connection connect(Slot slot);
}
