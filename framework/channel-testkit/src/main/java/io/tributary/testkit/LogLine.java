package io.tributary.testkit;

/// One line that a plugin logged, as it came: the fake host blanks nothing out, so that a test sees
/// what a plugin gives away.
///
/// @param text the message and, after it, the texts of all exceptions
public record LogLine(System.Logger.Level level, String text) {}
