package io.tributary.testkit;

import org.jspecify.annotations.Nullable;

/// Goes on to the last step whatever fails on the way, so that nothing stays behind in who comes
/// next. Thread safe.
final class Ending {

    private @Nullable AssertionError first;

    /// Something that has to be done at the end.
    @FunctionalInterface
    interface Step {
        void take() throws Exception;
    }

    void step(Step step) {
        try {
            step.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            failed(new AssertionError("interrupted while closing", interrupted));
        } catch (Exception thrown) {
            failed(new AssertionError("close threw " + thrown, thrown));
        } catch (AssertionError failed) {
            failed(failed);
        }
    }

    private synchronized void failed(AssertionError failure) {
        if (first == null) {
            first = failure;
        } else {
            first.addSuppressed(failure);
        }
    }

    /// @throws AssertionError what failed first; what failed after it is suppressed
    synchronized void assertDone() {
        if (first != null) {
            throw first;
        }
    }
}
