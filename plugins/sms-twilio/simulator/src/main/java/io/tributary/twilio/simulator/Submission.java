package io.tributary.twilio.simulator;

import org.jspecify.annotations.Nullable;

/// A request to send a message, as it was seen here.
///
/// @param began when it came, by [System#nanoTime()]
/// @param ended when it was answered, or the caller went away at the earliest; as far as is known
///   yet
/// @param fault what happened to it; null: nothing
public record Submission(long began, long ended, @Nullable Fault fault) {}
