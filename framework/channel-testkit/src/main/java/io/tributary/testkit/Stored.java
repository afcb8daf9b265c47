package io.tributary.testkit;

import io.tributary.model.InteractionId;
import io.tributary.spi.Inbound;
import java.time.Instant;

/// One inbound that the host keeps.
///
/// @param possibleDuplicate whether one with the same [io.tributary.spi.Dedupe.Print] came shortly
///   before
public record Stored(
        InteractionId id, Inbound inbound, boolean possibleDuplicate, Instant receivedAt) {}
