package io.tributary.twilio.simulator;

/// A status callback that whoever sent the message has taken.
///
/// @param sid the message that it told of
public record Callback(String sid, Status status) {}
