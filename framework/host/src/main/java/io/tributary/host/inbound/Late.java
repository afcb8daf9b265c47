package io.tributary.host.inbound;

import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.UnitRefused;
import io.tributary.model.AccountId;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What goes wrong beside deliveries, where one that fails must not keep the others waiting.
final class Late {

    private static final Logger LOG = LoggerFactory.getLogger(Late.class);

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

    /// Commits it and waits.
    ///
    /// @throws JournalUnavailable nothing can be made durable
    /// @throws UnitRefused it can never be stored
    static Commit committed(Journal journal, Unit unit) {
        try {
            return journal.append(unit).join();
        } catch (CompletionException failure) {
            if (cause(failure) instanceof UnitRefused refused) {
                throw refused;
            }
            throw failure;
        }
    }

    /// Beside what is durable: what cannot be freed now the sweep frees later.
    static void free(Journal journal, AccountId account, Set<String> externalIds) {
        try {
            new Freeing(journal).free(account, externalIds);
        } catch (RuntimeException failure) {
            LOG.warn(
                    "account={} what waits for {} ids is freed later: {}",
                    account,
                    externalIds.size(),
                    failure.getClass().getName());
        }
    }
}
