package io.tributary.host.objects;

/// The bucket did not do what it was asked for; another time it may.
public final class BucketUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Why why;

    /// What it says of the store.
    public enum Why {
        /// As a whole it has trouble: it does not answer, or says that it cannot at the moment.
        SILENT,
        /// It answers, and refuses this.
        REFUSED,
        /// Nothing: whoever asked was told to stop before there could be an answer.
        INTERRUPTED
    }

    BucketUnavailable(String message, Why why) {
        super(message);
        this.why = why;
    }

    BucketUnavailable(String message, Why why, Throwable cause) {
        super(message, cause);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
