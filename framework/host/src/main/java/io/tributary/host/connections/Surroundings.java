package io.tributary.host.connections;

import io.tributary.host.accounts.Deliveries;
import io.tributary.host.accounts.SlotLeases;
import io.tributary.model.AccountId;
import java.util.function.Consumer;

/// What every connection is run with.
///
/// @param wires is told of an account when one of its connections begins or ceases to take
///   messages; it is short
record Surroundings(
        SlotLeases leases,
        Deliveries deliveries,
        Consumer<AccountId> wires,
        ConnectionPace pace,
        ConnectionFigures figures) {}
