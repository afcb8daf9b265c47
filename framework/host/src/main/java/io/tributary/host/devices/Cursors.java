package io.tributary.host.devices;

/// What cursors mean that sessions are shown; the host puts those of its stream behind it.
public interface Cursors {

    /// The cursor of who has seen everything up to a position.
    String of(long position);

    /// The position after which to begin. A cursor that is too old, or none of ours, begins at the
    /// oldest that is kept.
    long after(String cursor);
}
