package io.tributary.host.outbound;

import io.tributary.spi.Capabilities;

/// What a conversation can carry.
///
/// @param version the same for the same capabilities, whatever moves the end of their window
public record Capable(Capabilities capabilities, String version) {}
