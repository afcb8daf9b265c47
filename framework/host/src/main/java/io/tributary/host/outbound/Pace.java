package io.tributary.host.outbound;

import java.time.Duration;

/// How long the dispatchers wait for what.
///
/// @param poll between two looks at journal, accounts and clock where no hint comes
/// @param unknown how long a send of unknown outcome holds its conversation
/// @param firstBackoff the longest wait after a first failure; doubles with each further one
/// @param longestBackoff where the doubling ends
/// @param firstLookUp when the provider is first asked about a send of unknown outcome; doubles as
///   well
/// @param gone how long nothing is sent to an address that nobody is at
/// @param drain what sends under way are given when the dispatcher stops
/// @param journal between two tries to commit what became of a send
public record Pace(
        Duration poll,
        Duration unknown,
        Duration firstBackoff,
        Duration longestBackoff,
        Duration firstLookUp,
        Duration gone,
        Duration drain,
        Duration journal) {

    public static final Pace USUAL =
            new Pace(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(2),
                    Duration.ofHours(1),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(200));
}
