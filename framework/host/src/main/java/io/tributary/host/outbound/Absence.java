package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Outbox.Priority;
import io.tributary.model.ConversationId;
import java.time.Instant;
import java.util.Objects;

/// What is remembered of a lane that has left memory: whom it waits for, how urgently, and for how
/// long. Its sends are read again when it comes back. Only the dispatcher's loop touches it.
final class Absence {

    private final ConversationId conversation;
    private final String whom;
    private final long first;
    private long waitedFor;
    private Instant expiresAt = Instant.MAX;

    /// @param lane with one send at least
    /// @param whom it waits for; empty: anybody
    Absence(Lane lane, String whom) {
        this.conversation = lane.conversation();
        this.whom = whom;
        this.first = Objects.requireNonNull(lane.head()).send().id();
        this.waitedFor = lane.waitedFor();
        lane.all().forEach(entry -> expires(entry.send().expiresAt()));
    }

    private void expires(Instant at) {
        if (at.isBefore(expiresAt)) {
            expiresAt = at;
        }
    }

    ConversationId conversation() {
        return conversation;
    }

    String whom() {
        return whom;
    }

    /// The id of its first send.
    long first() {
        return first;
    }

    /// The id of the last of its sends that somebody waits for, as far as they were met; 0: none.
    long waitedFor() {
        return waitedFor;
    }

    /// That of the most urgent of its sends, as far as they were met.
    Priority priority() {
        return waitedFor > 0 ? Priority.NORMAL : Priority.BULK;
    }

    /// When the first of its sends is of no use any more.
    Instant expiresAt() {
        return expiresAt;
    }

    /// One of its sends was read.
    void meet(Outbox.Send send) {
        expires(send.expiresAt());
        if (send.priority() == Priority.NORMAL) {
            waitedFor = Math.max(waitedFor, send.id());
        }
    }
}
