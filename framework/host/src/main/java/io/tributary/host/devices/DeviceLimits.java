package io.tributary.host.devices;

import io.tributary.host.http.Devices;
import java.time.Duration;

/// What one device, and all of an account together, may ask of the member.
///
/// @param sockets of one account, those included that knock
/// @param socketsPerAddress of one account from one address, those included that knock
/// @param frame bytes of one message of a device
/// @param ping time between two pings; who answers none for three such times is let go
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
        int socketsPerAddress,
        int frame,
        Duration ping,
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
                    12_000,
                    Devices.Limits.USUAL.frame(),
                    Devices.Limits.USUAL.ping(),
                    100,
                    200,
                    64,
                    64 * 1_024,
                    Duration.ofSeconds(10),
                    64 * 1_024,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10));

    /// A quiet socket is closed by the server after 75 s.
    private static final int LONGEST_PING_SECONDS = 60;

    /// Refuses what would serve nobody.
    public DeviceLimits {
        if (!ping.isPositive() || ping.toSeconds() > LONGEST_PING_SECONDS) {
            throw new IllegalArgumentException(
                    "devices.ping must be more than nothing and 60s at most, not " + ping);
        }
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("devices.write-timeout must be more than nothing");
        }
    }
}
