package io.tributary.host.command;

/// Exit codes, after sysexits where it has one. Documented in `docs/operations.md`.
final class Exit {

    static final int OK = 0;

    /// The member refused, or a check found something.
    static final int REFUSED = 1;

    /// Wrong words on the command line.
    static final int USAGE = 2;

    /// No member answers.
    static final int UNAVAILABLE = 69;

    /// The token is missing, wrong, or may not do this.
    static final int NOT_ALLOWED = 77;

    /// The configuration is wrong.
    static final int CONFIGURATION = 78;

    /// Told to end while it waited, as a shell counts it.
    static final int INTERRUPTED = 130;

    private Exit() {}
}
