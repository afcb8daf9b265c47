package io.tributary.faults;

import java.time.Instant;

/// A time in which one member was to send for an account, until the next one began.
///
/// @param epoch grows with each
/// @param member its name
/// @param from when it began, by the database's clock, which is this machine's
record Tenure(long epoch, String member, Instant from) {}
