package io.tributary.host.journal;

/// Where the log begins and ends for readers, as committed. Written on the writer's thread, read by
/// any.
final class LogEnds {

    private volatile long head;
    private volatile long oldest;
    private volatile long parked;

    LogEnds(long head, long oldest, long parked) {
        this.head = head;
        this.oldest = oldest;
        this.parked = parked;
    }

    void committed(long lastPosition, long nowParked) {
        parked = nowParked;
        head = lastPosition;
    }

    void dropped(long nowOldest) {
        oldest = nowOldest;
    }

    long head() {
        return head;
    }

    /// The first position that is kept, when there is one.
    long oldest() {
        return oldest;
    }

    boolean anyParked() {
        return parked > 0;
    }
}
