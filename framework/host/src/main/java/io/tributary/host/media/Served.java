package io.tributary.host.media;

import java.nio.file.Path;
import java.util.Map;

/// A file to be answered with, and the headers that keep it harmless: bytes of strangers are shown
/// on an origin of their own, never as a page, and only where a browser cannot run them.
///
/// @param type as found in the bytes
public record Served(Path file, String type, Map<String, String> headers) {}
