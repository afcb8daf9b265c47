package io.tributary.host.plugins;

/// A jar is not loaded; the message is the reason that an operator reads.
public final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    Refused(String reason) {
        super(reason, null, false, false);
    }

    /// What is wrong and what to do, as a sentence about the jar: "it brings no channel …".
    public String reason() {
        return String.valueOf(getMessage());
    }
}
