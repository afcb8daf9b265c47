package io.tributary.host.rollouts;

import java.time.Duration;

/// How patiently new versions are looked at.
///
/// @param watch for how long the version before stands by; zero: it leaves at once
/// @param look how often the two are compared
/// @param folder how often the plugins folder is looked into
public record RolloutPace(Duration watch, Duration look, Duration folder) {

    /// With the usual looks.
    public static RolloutPace of(Duration watch) {
        return new RolloutPace(watch, Duration.ofMillis(500), Duration.ofMillis(500));
    }
}
