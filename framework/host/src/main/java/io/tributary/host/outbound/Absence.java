package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox;
import io.tributary.model.ConversationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What is remembered of a lane that has left memory. Only the dispatcher's loop touches it.
final class Absence {

    private final ConversationId conversation;
    private final String whom;
    private final List<Long> sends;
    private boolean missing;
    private Instant expiresAt = Instant.MAX;

    /// @param whom it waits for; empty: anybody
    Absence(Lane lane, String whom) {
        this.conversation = lane.conversation();
        this.whom = whom;
        this.sends = new ArrayList<>(lane.all().size());
        for (var entry : lane.all()) {
            sends.add(entry.send().id());
            expires(entry.send().expiresAt());
        }
        this.missing = lane.missing();
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

    /// The first of its sends by their ids, in order; one at least.
    List<Long> sends() {
        return sends;
    }

    /// Whether there are later ones besides.
    boolean missing() {
        return missing;
    }

    /// When the first of its sends is of no use any more.
    Instant expiresAt() {
        return expiresAt;
    }

    boolean isNews(long send) {
        return send > sends.getLast();
    }

    /// @param room whether its id may be remembered; otherwise it is read again later
    /// @return by how many it remembers more
    int add(Outbox.Send send, boolean room) {
        expires(send.expiresAt());
        if (missing || !room || sends.size() >= Lane.MOST) {
            missing = true;
            return 0;
        }
        sends.add(send.id());
        return 1;
    }
}
