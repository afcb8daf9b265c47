package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.Wire;
import io.tributary.host.journal.Outbox;
import io.tributary.model.Reason;
import java.time.Instant;
import java.util.Set;

/// How it goes on with a send after something was done about it.
sealed interface Next {

    /// It moved and is not final.
    record Keep(Outbox.Send send) implements Next {}

    /// It moved, and nothing more goes out on the account.
    ///
    /// @param account as it was open when the provider refused it
    record Stopped(Outbox.Send send, Reason reason, OpenAccount account) implements Next {}

    /// Nothing changed; look again then.
    record NotNow(Instant at) implements Next {}

    /// Nothing changed: it may go on this wire.
    ///
    /// @param most how many may be under way on it
    record Found(Wire wire, int most) implements Next {}

    /// Nothing changed: there is no wire for it.
    ///
    /// @param whom has to come; empty: anybody
    /// @param changes how many changes of wires had been told of when it was looked for
    record Waits(String whom, long changes) implements Next {}

    /// These are final: it and later ones that fail with it.
    ///
    /// @param taken whether the provider took it in this attempt
    record Leave(Set<Long> ids, boolean taken) implements Next {

        static Leave one(Outbox.Send send) {
            return new Leave(Set.of(send.id()), false);
        }
    }

    /// How it goes on with a send as the journal has it.
    static Next as(Outbox.Send read) {
        return switch (read.state()) {
            case QUEUED, SENDING, HELD -> new Keep(read);
            case UNKNOWN -> read.notBefore() == null ? Leave.one(read) : new Keep(read);
            case ACCEPTED, REJECTED, EXPIRED -> Leave.one(read);
        };
    }
}
