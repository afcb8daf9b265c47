package io.tributary.host.journal;

/// The journal could not make something durable, or could not read; nothing of it may be
/// acknowledged.
public final class JournalUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JournalUnavailable(String message) {
        super(message);
    }

    public JournalUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
