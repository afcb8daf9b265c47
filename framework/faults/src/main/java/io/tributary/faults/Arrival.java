package io.tributary.faults;

import java.net.InetSocketAddress;
import java.time.Instant;

/// A message that reached the provider to be sent.
///
/// @param at when all of it was there
/// @param number who is to get it
/// @param from the sender's end of the connection
/// @param process whose connection it was; 0: not found
record Arrival(Instant at, String number, String text, InetSocketAddress from, long process) {}
