package io.tributary.host.journal;

import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Reads rows of `conversation`.
final class ConversationRows {

    static final String COLUMNS =
            "id, customer, channel, account, line, address, thread, locale, opened_at, closed_at,"
                    + " last_position, last_at, content_position, customer_position,"
                    + " last_from_customer, claimed_by, claimed_name, claimed_at";

    private static final String SELECT = "select " + COLUMNS + " from conversation ";

    private ConversationRows() {}

    static Conversation read(Columns columns) throws SQLException {
        return new Conversation(
                columns.conversation(),
                columns.customer(),
                columns.channel(),
                columns.account(),
                columns.text(),
                columns.text(),
                columns.textOrNull(),
                columns.textOrNull(),
                columns.instant(),
                columns.instantOrNull(),
                columns.number(),
                columns.instant(),
                columns.number(),
                columns.number(),
                columns.instantOrNull(),
                columns.textOrNull(),
                columns.textOrNull(),
                columns.instantOrNull());
    }

    static Optional<Conversation> byId(Sql sql, ConversationId id) throws SQLException {
        return sql.first(SELECT + "where id = ?", ConversationRows::read, id);
    }

    /// The conversations with one end, those that were opened last first.
    static List<ConversationId> with(Sql sql, AccountId account, String address, int limit)
            throws SQLException {
        return sql.list(
                "select id from conversation where account = ? and address = ?"
                        + " order by opened_at desc limit ?",
                Columns::conversation,
                account,
                address,
                limit);
    }
}
