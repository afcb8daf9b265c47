package io.tributary.host.cluster;

/// Bytes of the grid are not in the form that they should have.
final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unreadable(String why) {
        super(why, null, false, false);
    }
}
