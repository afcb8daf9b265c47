package io.tributary.host.workshop;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What Maven knows of a project and a compiler does not: asked once, and again when the pom
/// changes.
///
/// @param classPath to compile against
/// @param packed what else Maven puts into the jar: the manifest, libraries, what was generated; by
///   entry
record Blueprint(List<Path> classPath, Map<String, byte[]> packed) {}
