package io.tributary.host.plugins;

/// A jar is not loaded; the message is the reason that an operator reads.
final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    Refused(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
