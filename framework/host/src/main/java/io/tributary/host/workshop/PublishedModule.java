package io.tributary.host.workshop;

import java.nio.file.Path;

/// A module that channels are built against.
///
/// @param artifact its Maven artifact id
/// @param pom with nothing in it that only its own build knows
public record PublishedModule(String artifact, Path jar, Path pom) {}
