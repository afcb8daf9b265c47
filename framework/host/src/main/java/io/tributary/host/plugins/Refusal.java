package io.tributary.host.plugins;

/// A jar that was not loaded.
///
/// @param file its name in the plugins folder
/// @param reason what is wrong with it and what to do, in a sentence for an operator
public record Refusal(String file, String reason) {}
