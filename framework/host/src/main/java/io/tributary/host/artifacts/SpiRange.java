package io.tributary.host.artifacts;

/// The versions of the SPI that a plugin runs on.
///
/// @param from the one that it was built against
/// @param below the first one that is too late for it
public record SpiRange(SpiVersion from, SpiVersion below) {

    /// What follows from the version that a plugin was built against: it runs on that and on every
    /// later one with the same first number. Before 1.0 the second number counts like the first:
    /// anything may still change.
    static SpiRange builtAgainst(SpiVersion version) {
        return new SpiRange(
                version,
                version.major() == 0
                        ? new SpiVersion(0, version.minor() + 1)
                        : new SpiVersion(version.major() + 1, 0));
    }

    /// Whether a host that offers `version` can run it.
    boolean holds(SpiVersion version) {
        return from.compareTo(version) <= 0 && version.compareTo(below) < 0;
    }

    /// Such as `0.1 up to, not including, 0.2`.
    @Override
    public String toString() {
        return from + " up to, not including, " + below;
    }
}
