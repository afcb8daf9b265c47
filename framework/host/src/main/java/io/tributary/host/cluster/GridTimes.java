package io.tributary.host.cluster;

import java.time.Duration;

/// How patient a member is with the others.
///
/// @param joining how long the first member gathers others before they are let in together
/// @param heartbeat how often members show each other that they live
/// @param silence after how long one that does not counts as gone
/// @param torn how often members look for the other part of a torn grid
/// @param grace how long the roster may not know a member; half of it for this one
/// @param namesake how long to wait for another member with our name to leave; less than the half
///   of the grace, since who waits has no row yet
/// @param leaving how long leaving may take
/// @param presence how long what nobody confirmed stays in memory
public record GridTimes(
        Duration joining,
        Duration heartbeat,
        Duration silence,
        Duration torn,
        Duration grace,
        Duration namesake,
        Duration leaving,
        Duration presence) {

    /// For production.
    public static final GridTimes STANDARD =
            new GridTimes(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(5));

    /// The same with another patience with members that nobody knows, and with namesakes.
    public GridTimes patient(Duration grace, Duration namesake) {
        return new GridTimes(joining, heartbeat, silence, torn, grace, namesake, leaving, presence);
    }

    /// The same for members that begin one after another on one machine: nobody waits for others.
    public GridTimes atOnce() {
        return new GridTimes(
                Duration.ZERO, heartbeat, silence, torn, grace, namesake, leaving, presence);
    }
}
