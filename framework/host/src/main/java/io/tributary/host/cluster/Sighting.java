package io.tributary.host.cluster;

import java.time.Instant;
import java.util.UUID;

/// Somebody is there.
///
/// @param member where, by the grid's name
/// @param since when, by that member's clock
public record Sighting(Who who, UUID member, Instant since) {}
