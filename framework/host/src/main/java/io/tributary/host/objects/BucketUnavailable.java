package io.tributary.host.objects;

/// The bucket did not do what it was asked for; another time it may.
public final class BucketUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BucketUnavailable(String message) {
        super(message);
    }

    BucketUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
