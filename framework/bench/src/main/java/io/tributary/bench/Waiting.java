package io.tributary.bench;

import java.io.IOException;
import java.time.Duration;

/// Waits until something has come about that nobody tells of.
final class Waiting {

    private Waiting() {}

    /// Something that is asked for.
    @FunctionalInterface
    interface Condition {
        boolean met() throws IOException, InterruptedException;
    }

    /// @param often between two looks
    /// @param otherwise what to say when it does not come
    static void until(Duration patience, Duration often, String otherwise, Condition condition)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (!condition.met()) {
            if (System.nanoTime() - begin > patience.toNanos()) {
                throw new IOException(otherwise);
            }
            Thread.sleep(often);
        }
    }
}
