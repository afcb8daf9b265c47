package io.tributary.host.egress;

/// How a request ended.
public enum Ending {
    /// The whole answer came, whatever it says.
    ANSWERED,
    /// The rules of this member forbid it: nothing went out.
    REFUSED,
    /// Too many others were under way: nothing went out.
    BUSY,
    /// The host has no address, or takes no connection: nothing went out.
    UNREACHABLE,
    /// Its time was over.
    TIMED_OUT,
    /// The connection broke before an answer came.
    BROKEN,
    /// The answer broke off, was too long, or came compressed.
    CUT,
    /// Whoever waited was interrupted: the deadline of the plugin's call, or the account closed.
    INTERRUPTED
}
