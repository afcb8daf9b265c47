package io.tributary.kiosk;

import java.time.Instant;

/// A device that may connect.
///
/// @param proof what its token is known by, which is not the token: another one means that the
///   device was registered anew, and that sockets of before are not its own
/// @param until when its token ends; [Instant#MAX]: never
record Registration(Place place, String proof, Instant until) {

    static Registration lasting(Place place, String proof) {
        return new Registration(place, proof, Instant.MAX);
    }
}
