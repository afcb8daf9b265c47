package io.tributary.host.inbound;

import io.tributary.model.AccountId;
import io.tributary.spi.Dedupe;
import java.time.Duration;
import java.time.Instant;

/// What events without a key looked like lately, so that one that looks like another can be marked.
///
/// Kept in memory alone and bounded: a mark is advice for a person, nothing is dropped for it, and
/// an event that comes twice around a restart is shown twice without the mark. Thread safe.
final class Prints {

    private static final int MOST = 200_000;

    private final Recent<Print, Instant> seen = new Recent<>(MOST);

    private record Print(AccountId account, String print) {}

    /// Whether the print was seen within its time before `now`; it counts as seen from now on.
    boolean seen(AccountId account, Dedupe.Print print, Instant now) {
        var key = new Print(account, print.print());
        Instant before = seen.find(key);
        seen.put(key, now);
        return before != null && Duration.between(before, now).abs().compareTo(print.within()) <= 0;
    }

    /// The event was not stored after all: what comes next is no duplicate of it.
    void forget(AccountId account, Dedupe.Print print) {
        seen.remove(new Print(account, print.print()));
    }
}
