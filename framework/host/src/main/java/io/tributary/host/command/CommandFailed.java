package io.tributary.host.command;

/// A command that ends with words for a person instead of a result.
final class CommandFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exit;

    CommandFailed(int exit, String message) {
        super(message, null, false, false);
        this.exit = exit;
    }

    int exit() {
        return exit;
    }
}
