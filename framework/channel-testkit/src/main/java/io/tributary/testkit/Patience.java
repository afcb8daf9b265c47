package io.tributary.testkit;

import java.time.Duration;

/// Waits for what is to happen soon, and no longer than that takes.
///
/// @param limit until it counts as never
record Patience(Duration limit) {

    private static final Duration LOOK = Duration.ofMillis(2);

    /// Something that is so or not yet.
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /// @param what is to happen; a clause that follows "waited for"
    /// @throws AssertionError it did not happen in time
    void until(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + limit.toMillis() + " ms in vain for " + what);
            }
            Thread.sleep(LOOK);
        }
    }
}
