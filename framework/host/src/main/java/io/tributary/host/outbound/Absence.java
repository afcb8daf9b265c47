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
    private Priority priority;
    private Instant expiresAt = Instant.MAX;

    /// @param lane with one send at least
    /// @param whom it waits for; empty: anybody
    Absence(Lane lane, String whom) {
        this.conversation = lane.conversation();
        this.whom = whom;
        this.first = Objects.requireNonNull(lane.head()).send().id();
        this.priority = lane.priority();
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

    /// That of the most urgent of its sends, as far as they were met.
    Priority priority() {
        return priority;
    }

    /// When the first of its sends is of no use any more.
    Instant expiresAt() {
        return expiresAt;
    }

    /// One of its sends was read.
    void meet(Outbox.Send send) {
        expires(send.expiresAt());
        if (send.priority() == Priority.NORMAL) {
            priority = Priority.NORMAL;
        }
    }
}
