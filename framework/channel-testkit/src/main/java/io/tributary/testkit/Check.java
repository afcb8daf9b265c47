package io.tributary.testkit;

import org.junit.jupiter.api.DynamicTest;

/// One thing that a channel promises, and how to find out whether it keeps it.
record Check(String promise, Body body) {

    /// Fails with an assertion where the promise is broken.
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }

    DynamicTest asTest() {
        return DynamicTest.dynamicTest(promise, body::run);
    }
}
