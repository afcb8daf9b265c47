package io.tributary.host.inbound;

import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Row;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What our side asked last in conversations where the choices went as numbered text. Thread safe;
/// reads the journal.
///
/// What was found is remembered until something is said in the conversation that may change it:
/// without that each short text would cost a look into the log.
final class Asked {

    private static final int MOST = 100_000;

    /// So far back a question is looked for.
    private static final int FAR = 20;

    /// What our side does without saying anything.
    private static final Set<String> SILENT =
            Set.of("receipt", "mediaStored", "mediaFailed", "changed", "handover", "note");

    private final Journal journal;
    private final Recent<ConversationId, Found> found = new Recent<>(MOST);

    Asked(Journal journal) {
        this.journal = journal;
    }

    /// What the log says now.
    ///
    /// @param question null: there is none
    /// @param position of the last content in the conversation: nothing came after it
    record Now(@Nullable Question question, long position) {}

    /// The same past what is remembered, which may be out of date where another member took the
    /// answer. A question that never left nobody has seen.
    Now anew(ConversationId conversation) {
        long position =
                journal.conversations()
                        .byId(conversation)
                        .map(Conversations.Conversation::contentPosition)
                        .orElse(0L);
        var question = find(conversation);
        return new Now(question != null && hasLeft(question) ? question : null, position);
    }

    private boolean hasLeft(Question question) {
        return journal.outbox().of(question.interaction()).stream()
                .anyMatch(send ->
                        switch (send.state()) {
                            case SENDING, UNKNOWN, ACCEPTED -> true;
                            case QUEUED, HELD, REJECTED, EXPIRED -> false;
                        });
    }

    /// Where an answer is remembered. It is put in before the log is read: whoever forgets it
    /// meanwhile takes it away, and what was read is then kept by nobody.
    private static final class Found {
        private volatile boolean known;
        private volatile @Nullable Question question;
    }

    /// The question that is still open; null: there is none.
    @Nullable Question in(ConversationId conversation) {
        var remembered = found.find(conversation);
        if (remembered != null && remembered.known) {
            return remembered.question;
        }
        var read = new Found();
        found.put(conversation, read);
        read.question = find(conversation);
        read.known = true;
        return read.question;
    }

    /// Nobody has asked anything yet in a conversation that begins, so its next words cost no
    /// reading.
    void begins(ConversationId conversation) {
        var nothing = new Found();
        nothing.known = true;
        found.put(conversation, nothing);
    }

    /// Something was stored.
    void committed(List<Row> rows) {
        for (var row : rows) {
            if (row.conversation() != null && matters(row)) {
                found.remove(row.conversation());
            }
        }
    }

    private static boolean matters(Row row) {
        return switch (row.direction()) {
            case OUTBOUND -> !SILENT.contains(row.type());
            case INBOUND -> row.type().equals("choiceMade");
            case INTERNAL -> false;
        };
    }

    /// It is the last that our side said: "yes" after more of it may answer that.
    private @Nullable Question find(ConversationId conversation) {
        for (var row :
                journal.conversations()
                        .interactionsBefore(conversation, Long.MAX_VALUE, FAR)
                        .reversed()) {
            if (matters(row)) {
                return row.direction() == Direction.INBOUND ? null : Question.of(row);
            }
        }
        return null;
    }
}
