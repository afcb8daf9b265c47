package io.tributary.host.journal;

/// The numbers that go on from commit to commit.
///
/// @param position the next interaction's
/// @param version the next account's or plugin state's
/// @param rawEvent the next raw event's id
/// @param once the next dedupe key's id
/// @param reference the next reference's id
/// @param parked how many events wait for their reference
record Counters(
        long position, long version, long rawEvent, long once, long reference, long parked) {}
