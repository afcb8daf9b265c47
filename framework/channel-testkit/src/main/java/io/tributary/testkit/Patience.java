package io.tributary.testkit;

import java.time.Duration;
import java.util.function.Supplier;

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
        until(() -> what, condition);
    }

    /// @param what is to happen, and how far it is, when it did not
    void until(Supplier<String> what, Condition condition) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "waited " + limit.toMillis() + " ms in vain for " + what.get());
            }
            Thread.sleep(LOOK);
        }
    }
}
