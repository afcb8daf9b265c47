package io.tributary.host.inbound;

import io.tributary.model.AccountId;
import io.tributary.spi.Dedupe;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What events without a key looked like lately, so that one that looks like another can be marked.
///
/// What is committed the journal remembers; this knows what is on its way as well, and spares the
/// reading where events look alike again and again. Bounded; thread safe.
final class Prints {

    private static final int MOST = 200_000;

    private final Recent<Print, Instant> seen = new Recent<>(MOST);

    private record Print(AccountId account, String print) {}

    /// When the print was seen last; null: not that it is remembered here. It counts as seen from
    /// now on.
    @Nullable Instant see(AccountId account, Dedupe.Print print, Instant now) {
        var key = new Print(account, print.print());
        Instant before = seen.find(key);
        seen.put(key, now);
        return before;
    }

    /// The event was not stored after all: what comes next is no duplicate of it.
    void forget(AccountId account, Dedupe.Print print) {
        seen.remove(new Print(account, print.print()));
    }
}
