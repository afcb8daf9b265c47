package io.tributary.host.rollouts;

/// A change of version that is not going to happen; the message says why and what to do.
public final class RolloutRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final Why why;

    /// What kind of refusal it is.
    public enum Why {
        /// There is no such plugin, or no version to return to.
        UNKNOWN,
        /// Accounts still need the plugin, or the version is not later than one that served.
        CONFLICT,
        /// The version that serves is still watched.
        WATCHED,
        /// The jar, or the version in it, cannot serve here.
        UNFIT
    }

    RolloutRefused(Why why, String message) {
        super(message);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
