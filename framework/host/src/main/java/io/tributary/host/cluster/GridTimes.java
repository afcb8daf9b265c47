package io.tributary.host.cluster;

import java.time.Duration;

/// How patient a member is with the others.
///
/// @param joining how long the first member gathers others before they are let in together
/// @param heartbeat how often members show each other that they live
/// @param silence after how long one that does not counts as gone
/// @param torn how often members look for the other part of a torn grid
/// @param grace how long, within six times as long, a host may have members that the roster does
///   not know; half of it for this one to enter itself. Longer than `silence` by some heartbeats:
///   what is left of a member that died without a word has no row any more, and is no stranger
/// @param namesake how long another member with our name may be here: an older one until it leaves,
///   a newer one until we do
/// @param leaving how long leaving may take, whatever the grid does
/// @param presence how long what nobody confirmed is believed
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
                    Duration.ofSeconds(30),
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
