package io.tributary.host.ownership;

import java.time.Duration;

/// How soon a member is given up, and how fast others are in its place.
///
/// @param lasts others may take up what a member ran when they heard nothing of it for so long
/// @param every heartbeats are so far apart
/// @param before the end of its time a member lets go of everything by itself
/// @param patience before members take up more than their share of what nobody runs
/// @param settled what moved away comes back to a member that has run for so long
/// @param drain what it is to give back it may bring to an end for so long, at its own end
public record OwnershipPace(
        Duration lasts,
        Duration every,
        Duration before,
        Duration patience,
        Duration settled,
        Duration drain) {

    /// A member that is killed is replaced within eight seconds.
    public static final OwnershipPace USUAL = lasting(Duration.ofSeconds(5));

    /// The others in proportion.
    public static OwnershipPace lasting(Duration lasts) {
        return new OwnershipPace(
                lasts,
                lasts.dividedBy(6),
                lasts.dividedBy(5),
                lasts.dividedBy(4),
                lasts.multipliedBy(6),
                Duration.ofSeconds(12));
    }
}
