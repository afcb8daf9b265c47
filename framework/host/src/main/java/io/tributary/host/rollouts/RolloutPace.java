package io.tributary.host.rollouts;

import java.time.Duration;

/// How patiently new versions are looked at.
///
/// @param alone for how long one account has a new version to itself before the others follow;
///   zero: all follow at once
/// @param watch for how long the version before stands by after that; zero: it leaves at once
/// @param look how often the two are compared
/// @param folder how often the plugins folder is looked into
public record RolloutPace(Duration alone, Duration watch, Duration look, Duration folder) {

    /// With the usual looks.
    public static RolloutPace of(Duration watch) {
        return new RolloutPace(
                watch.dividedBy(4), watch, Duration.ofMillis(500), Duration.ofMillis(500));
    }
}
