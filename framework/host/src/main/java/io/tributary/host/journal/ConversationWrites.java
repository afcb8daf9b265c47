package io.tributary.host.journal;

import io.tributary.host.journal.Conversations.Conversation;
import java.sql.SQLException;

/// Opens, closes and claims conversations.
final class ConversationWrites {

    private final Sql sql;

    ConversationWrites(Sql sql) {
        this.sql = sql;
    }

    void open(Change.OpenConversation open, Batch batch) throws SQLException {
        sql.update(
                "insert into conversation (id, customer, channel, account, line, address, thread,"
                        + " locale, opened_at, last_position, last_at, content_position,"
                        + " customer_position) values (?,?,?,?,?,?,?,?,?,0,?,0,0)",
                open.id(),
                open.customer(),
                open.channel(),
                open.account(),
                open.line(),
                open.address(),
                open.thread(),
                open.locale(),
                open.at(),
                open.at());
        batch.put(
                new ConversationState(
                        new Conversation(
                                open.id(),
                                open.customer(),
                                open.channel(),
                                open.account(),
                                open.line(),
                                open.address(),
                                open.thread(),
                                open.locale(),
                                open.at(),
                                null,
                                0,
                                open.at(),
                                0,
                                0,
                                null,
                                null,
                                null,
                                null),
                        Skips.NONE));
    }

    /// Closing what is closed leaves the time of the first.
    void close(Change.CloseConversation close, Batch batch) throws SQLException {
        ConversationState state = batch.existing(close.id());
        if (state.open()) {
            sql.update(
                    "update conversation set closed_at = ? where id = ?", close.at(), close.id());
            batch.put(state.closed(close.at()));
        }
    }

    void claim(Change.Claim claim, Batch batch) throws SQLException {
        ConversationState claimed = batch.existing(claim.conversation()).claimed(claim);
        Conversation now = claimed.conversation();
        sql.update(
                "update conversation set claimed_by = ?, claimed_name = ?, claimed_at = ?"
                        + " where id = ?",
                now.claimedBy(),
                now.claimedName(),
                now.claimedAt(),
                now.id());
        batch.put(claimed);
    }
}
