package io.tributary.host.calls;

/// A call into a plugin that did not return: thrown, late or stuck. Holds text only, never an
/// object of the plugin.
public final class PluginFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final Cause cause;
    private final String type;

    /// @param type the class name of what was thrown; empty for a deadline
    /// @param message safe to store; never to be logged with contents
    public PluginFailure(Cause cause, String type, String message) {
        super(message, null, false, false);
        this.cause = cause;
        this.type = type;
    }

    public Cause why() {
        return cause;
    }

    public String type() {
        return type;
    }

    public enum Cause {
        THROWN,
        MALFORMED,
        NOT_STORED,
        TROUBLE,
        DEADLINE,
        STUCK,
        CLOSED
    }
}
