package io.tributary.host.devices;

import java.time.Duration;

/// What one device, and all of an account together, may ask of the member.
///
/// @param sockets of one account, those included that knock
/// @param framesPerSecond of one socket in the long run; who sends more is read more slowly
/// @param burst frames that a socket may send at once after a rest
/// @param early frames that a session may send before it is accepted
/// @param unsent bytes that may wait for a slow device before who sends has to wait
/// @param patience how long who sends waits for a slow device until its socket is closed
/// @param parked the most bytes that a session may hand over to the next one
/// @param drain what sends under way are given before a socket is handed over or closed
/// @param leave what sessions are given to end when the member stops
public record DeviceLimits(
        int sockets,
        int framesPerSecond,
        int burst,
        int early,
        int unsent,
        Duration patience,
        int parked,
        Duration drain,
        Duration leave) {

    public static final DeviceLimits USUAL =
            new DeviceLimits(
                    12_000,
                    100,
                    200,
                    64,
                    64 * 1_024,
                    Duration.ofSeconds(10),
                    64 * 1_024,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10));
}
