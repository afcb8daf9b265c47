package io.tributary.faults;

/// What an agent was promised to be sent.
///
/// @param id of its interaction
/// @param address who is to get it
/// @param text what it says; no other reply says the same
record Reply(String id, String address, String text) {}
