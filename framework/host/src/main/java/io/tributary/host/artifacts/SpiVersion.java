package io.tributary.host.artifacts;

/// A version of the SPI: two numbers, such as `0.1`.
public record SpiVersion(int major, int minor) implements Comparable<SpiVersion> {

    /// What this host offers.
    public static final SpiVersion OURS = new SpiVersion(0, 1);

    private static final String SHAPE = "[0-9]{1,4}\\.[0-9]{1,4}";

    /// @throws IllegalArgumentException it does not have the shape above
    static SpiVersion parse(String text) {
        if (!text.matches(SHAPE)) {
            throw new IllegalArgumentException("not a version of the SPI: " + text);
        }
        int dot = text.indexOf('.');
        return new SpiVersion(
                Integer.parseInt(text.substring(0, dot)),
                Integer.parseInt(text.substring(dot + 1)));
    }

    @Override
    public int compareTo(SpiVersion other) {
        return major != other.major
                ? Integer.compare(major, other.major)
                : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
