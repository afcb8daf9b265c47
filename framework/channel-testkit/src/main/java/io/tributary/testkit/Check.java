package io.tributary.testkit;

import org.jspecify.annotations.Nullable;

/// One thing that a channel promises, and how to find out whether it keeps it.
///
/// @param grade which grade rests on it
/// @param advice what to change where the promise is broken; a sentence
/// @param needless why it is no question for this channel; null: it is one
record Check(Grade grade, String promise, String advice, @Nullable String needless, Body body) {

    /// Fails with an assertion where the promise is broken.
    @FunctionalInterface
    interface Body {
        /// @throws org.opentest4j.TestAbortedException there is nothing to look at: neither kept
        ///   nor broken. The message says what is missing, and stands on the card
        void run() throws Exception;
    }

    static Check bronze(String promise, String advice, Body body) {
        return new Check(Grade.BRONZE, promise, advice, null, body);
    }

    static Check silver(String promise, String advice, Body body) {
        return new Check(Grade.SILVER, promise, advice, null, body);
    }

    static Check gold(String promise, String advice, Body body) {
        return new Check(Grade.GOLD, promise, advice, null, body);
    }

    /// The same, asked only where it is a question.
    ///
    /// @param why it is not one; a sentence
    Check onlyIf(boolean asked, String why) {
        return asked ? this : new Check(grade, promise, advice, why, body);
    }

    boolean asked() {
        return needless == null;
    }
}
