package io.tributary.host.outbound;

import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Row;
import io.tributary.model.Actor;
import io.tributary.model.Direction;
import java.util.Set;

/// Whether an author has seen what others wrote. Their own words they know. Blocking, thread safe.
final class Freshness {

    /// What nobody has to have seen before writing.
    private static final Set<String> QUIET =
            Set.of("receipt", "mediaStored", "mediaFailed", "changed", "handover");

    private static final int STRETCH = 100;

    private final Journal journal;

    Freshness(Journal journal) {
        this.journal = journal;
    }

    /// Checks everything after `seen`.
    ///
    /// @return the position up to which everything is the author's own or was seen
    long check(Conversations.Conversation conversation, long seen, Actor author) throws Refusal {
        if (conversation.contentPosition() <= seen) {
            return seen;
        }
        var rows = journal.conversations().interactions(conversation.id(), seen, STRETCH);
        for (var row : rows) {
            if (row.position() > conversation.contentPosition()) {
                break;
            }
            if (!QUIET.contains(row.type()) && !isOwn(row, author)) {
                throw new Refusal(new Posted.Refused.NewerContent(row.position()));
            }
        }
        boolean all =
                rows.size() < STRETCH
                        || rows.getLast().position() >= conversation.contentPosition();
        if (!all) {
            throw new Refusal(new Posted.Refused.NewerContent(conversation.contentPosition()));
        }
        return conversation.contentPosition();
    }

    private static boolean isOwn(Row row, Actor author) {
        if (row.direction() == Direction.INBOUND || author.id() == null) {
            return false;
        }
        var actor = Bodies.of(row).actor();
        return actor.kind() == author.kind() && author.id().equals(actor.id());
    }
}
