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
            Set.of("receipt", "mediaStored", "mediaFailed", "changed", "handover", "consent");

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
            if (isNews(row, author)) {
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

    /// What the provider tells of the customer is no word of theirs.
    private static boolean isNews(Row row, Actor author) {
        if (QUIET.contains(row.type())) {
            return false;
        }
        var actor = Bodies.of(row).actor();
        return row.direction() == Direction.INBOUND
                ? actor.kind() != Actor.Kind.SYSTEM
                : !isOwn(actor, author);
    }

    private static boolean isOwn(Actor actor, Actor author) {
        return author.id() != null
                && actor.kind() == author.kind()
                && author.id().equals(actor.id());
    }
}
