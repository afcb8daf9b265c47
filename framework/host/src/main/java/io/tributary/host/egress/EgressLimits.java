package io.tributary.host.egress;

import java.time.Duration;

/// How long and how large requests may become.
///
/// @param connect for the connection, TLS included, to one address
/// @param whole for all of a request, from the first look-up to the last byte of the answer
/// @param body most bytes of an answer's body
/// @param head most bytes of an answer's headers
/// @param atOnce requests of one account at the same time; others wait, within `whole`
public record EgressLimits(Duration connect, Duration whole, long body, int head, int atOnce) {

    /// Below the 30 s that a plugin's send has, so that it hears of the time-out itself.
    public static final EgressLimits USUAL =
            new EgressLimits(
                    Duration.ofSeconds(5), Duration.ofSeconds(25), 10L << 20, 32 << 10, 64);

    /// The same with another time for the whole.
    public EgressLimits whole(Duration time) {
        return new EgressLimits(connect, time, body, head, atOnce);
    }

    /// The same with another limit for bodies.
    public EgressLimits body(long bytes) {
        return new EgressLimits(connect, whole, bytes, head, atOnce);
    }
}
