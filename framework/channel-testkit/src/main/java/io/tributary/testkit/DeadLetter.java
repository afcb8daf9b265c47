package io.tributary.testkit;

import io.tributary.spi.Arrival;

/// What could not be translated, kept whole.
///
/// @param problem the exception's text
public record DeadLetter(Arrival arrival, String problem) {}
