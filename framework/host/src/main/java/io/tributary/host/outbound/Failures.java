package io.tributary.host.outbound;

import io.tributary.host.journal.JournalUnavailable;

/// Failures as a log may show them: what other code says may quote a message or a secret.
final class Failures {

    private Failures() {}

    static String told(Throwable failure) {
        if (failure instanceof JournalUnavailable) {
            return String.valueOf(failure.getMessage());
        }
        var trace = failure.getStackTrace();
        return failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
