package io.tributary.host.cluster;

/// The member cannot join the grid. The text says why and what to do.
public final class GridRefused extends Exception {

    private static final long serialVersionUID = 1L;

    /// @param message why, and what to do, in words for an operator
    public GridRefused(String message) {
        super(message);
    }

    GridRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
