package io.tributary.host.artifacts;

/// A jar is not to be loaded; the message is the reason that an operator reads.
public final class Rejected extends Exception {

    private static final long serialVersionUID = 1L;

    public Rejected(String reason) {
        super(reason, null, false, false);
    }

    /// What is wrong and what to do, as a sentence about the jar: "it has no manifest …".
    public String reason() {
        return String.valueOf(getMessage());
    }
}
