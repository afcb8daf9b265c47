package io.tributary.host.cluster;

import java.time.Instant;
import java.util.UUID;

/// A member that is in the grid now, as it says of itself.
///
/// @param name as configured; what cannot be a name shows as `?`
/// @param uuid of the grid's making: another one after each start, and after a torn grid became
///   whole again
/// @param address such as `10.0.0.5:5701`
/// @param since when it started, by its own clock
/// @param self whether it is this one
public record GridMember(String name, UUID uuid, String address, Instant since, boolean self) {}
