package io.tributary.host.journal;

import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.model.ConversationId;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A conversation's row in the file of a single node, with the way back that it keeps.
///
/// @param way null: it has to be walked
record KeptConversation(Conversation conversation, @Nullable Skips way) {

    private static final String SELECT =
            "select " + ConversationRows.COLUMNS + ", way from conversation ";

    /// In the words of the index: SQLite tells no other words for the same from something else.
    static final String OPEN =
            SELECT
                    + "where account = ? and address = ? and line = ?"
                    + " and ifnull(thread, '') = ifnull(?, '') and closed_at is null";

    static Optional<KeptConversation> byId(Sql sql, ConversationId id) throws SQLException {
        return sql.first(SELECT + "where id = ?", KeptConversation::read, id);
    }

    static Optional<KeptConversation> open(Sql sql, ConversationState.End end) throws SQLException {
        return sql.first(
                OPEN,
                KeptConversation::read,
                end.account(),
                end.address(),
                end.line(),
                end.thread());
    }

    private static KeptConversation read(Columns columns) throws SQLException {
        Conversation conversation = ConversationRows.read(columns);
        return new KeptConversation(
                conversation,
                conversation.lastPosition() == 0
                        ? Skips.NONE
                        : KeptWay.read(
                                columns.arrayOrNull(),
                                conversation.id(),
                                conversation.lastPosition()));
    }

    /// Without a walk.
    ConversationState state() {
        return new ConversationState(conversation, way == null ? Skips.UNKNOWN : way);
    }

    /// With the way that is walked if need be.
    ConversationState state(Sql sql) throws SQLException {
        return new ConversationState(
                conversation,
                way == null
                        ? Way.walked(sql, conversation.id(), conversation.lastPosition()).skips()
                        : way);
    }
}
