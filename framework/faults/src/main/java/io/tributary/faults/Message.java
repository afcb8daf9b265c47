package io.tributary.faults;

/// A message that the provider is to deliver.
///
/// @param number its own; within a sender ascending in the order of sending
/// @param sender the address that it comes from
/// @param text what it says; no other message says the same
record Message(long number, String sender, String text) {}
