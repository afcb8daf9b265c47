package io.tributary.host.journal;

/// A unit can never be stored as it is: it contradicts what is stored, or itself, or is too big.
/// Trying again does not help; nothing of it was written, its neighbours are not touched.
public final class UnitRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// A unit that cannot be stored as it is.
    ///
    /// @param message what is wrong with the unit, without what it says
    public UnitRefused(String message) {
        super(message);
    }

    /// A unit that cannot be stored as it is.
    ///
    /// @param message what is wrong with the unit, without what it says
    public UnitRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
