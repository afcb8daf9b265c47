package io.tributary.spi;

/// It was not stored: do not acknowledge it.
public final class NotStored extends Exception {

    private static final long serialVersionUID = 1;

    private final Why why;

    public NotStored(Why why, String message) {
        super(message);
        this.why = why;
    }

    public Why why() {
        return why;
    }

    /// What to do about it.
    public enum Why {
        /// The store cannot be written now: refuse, so that the provider repeats.
        UNAVAILABLE,
        /// State was changed by somebody else meanwhile: read it again and decide anew.
        CONFLICT,
        /// The lease has ended, another member goes on: leave `run`.
        LOST
    }
}
