package io.tributary.host.plugins;

/// Which plugins fit this host, by the version of the SPI that they were built against
/// (`Tributary-Spi: 0.1` in the manifest).
///
/// A plugin runs on the SPI that it was built against and on every later one with the same first
/// number. Before 1.0 the second number counts like the first: anything may still change.
record SpiVersion(int major, int minor) {

    /// What this host offers.
    static final SpiVersion OURS = new SpiVersion(0, 1);

    static SpiVersion parse(String text) throws Refused {
        var parts = text.strip().split("\\.", -1);
        try {
            if (parts.length == 2) {
                return new SpiVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            }
        } catch (NumberFormatException notANumber) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    /// Whether a plugin built against `wanted` runs here.
    boolean serves(SpiVersion wanted) {
        return major == wanted.major
                && (major == 0 ? minor == wanted.minor : minor >= wanted.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }

    private static Refused wrong(String text) {
        return new Refused(
                "its manifest says Tributary-Spi: "
                        + text
                        + "; it must be two numbers, such as "
                        + OURS);
    }
}
