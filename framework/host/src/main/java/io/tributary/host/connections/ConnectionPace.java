package io.tributary.host.connections;

import java.time.Duration;

/// How long connections wait and are waited for.
///
/// @param first after a connection ended, until the next; doubles with each that ends soon
/// @param longest where the doubling ends
/// @param steady a connection that lasted as long is followed by one after `first`
/// @param drain what sends under way are given when a connection is to leave
/// @param leave what the connection itself is given then, after its interrupt
public record ConnectionPace(
        Duration first, Duration longest, Duration steady, Duration drain, Duration leave) {

    public static final ConnectionPace USUAL =
            new ConnectionPace(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10));

    /// The wait before the try after `failures` short ones.
    Duration before(int failures) {
        var wait = first.multipliedBy(1L << Math.min(failures, 16));
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
