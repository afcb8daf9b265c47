package io.tributary.kiosk;

/// A device that may connect.
///
/// @param proof what its token is known by, which is not the token: another one means that the
///   device was registered anew, and that sockets of before are not its own
record Registration(Place place, String proof) {}
