package io.tributary.host.objects;

/// The bucket did not do what it was asked for; another time it may.
public final class BucketUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    BucketUnavailable(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    BucketUnavailable(String message, boolean passing, Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /// Whether the store as a whole has trouble: it does not answer, or says that it cannot at the
    /// moment. Otherwise it answers, and refuses this.
    public boolean passing() {
        return passing;
    }
}
