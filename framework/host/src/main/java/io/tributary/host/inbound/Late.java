package io.tributary.host.inbound;

import io.tributary.host.journal.JournalUnavailable;
import java.util.concurrent.CompletionException;

/// What goes wrong beside deliveries, where one that fails must not keep the others waiting.
final class Late {

    private Late() {}

    /// Why one failed; for a log its class alone, since its text may quote a customer.
    ///
    /// @throws JournalUnavailable it is not the fault of the one: all have to wait
    static Throwable cause(RuntimeException failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause instanceof JournalUnavailable unavailable) {
            throw unavailable;
        }
        return cause;
    }
}
