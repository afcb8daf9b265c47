package io.tributary.testkit;

/// What came out of a check.
///
/// @param text what is to be changed, what is missing, or why it is no question; empty where it
///   passed. Made of the contract's own sentences: an assertion's message could quote a secret
record Verdict(Result result, String text) {

    static final Verdict PASSED = new Verdict(Result.PASSED, "");
    static final Verdict NOT_RUN = new Verdict(Result.NOT_RUN, "This check was not run.");

    enum Result {
        PASSED("passed"),
        FAILED("failed"),
        /// There was nothing to look at.
        MISSING("missing"),
        NOT_APPLICABLE("not applicable"),
        NOT_RUN("not run");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        /// As it stands on a card.
        String word() {
            return word;
        }

        boolean keeps() {
            return this == PASSED || this == NOT_APPLICABLE;
        }
    }

    static Verdict failed(Check check) {
        return new Verdict(Result.FAILED, check.advice());
    }

    static Verdict missing(String what) {
        return new Verdict(Result.MISSING, what);
    }

    static Verdict needless(String why) {
        return new Verdict(Result.NOT_APPLICABLE, why);
    }
}
