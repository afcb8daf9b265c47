package io.tributary.host.journal;

import io.tributary.model.ConversationId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares the ways that rows keep with those that the interactions lead, which they were made of:
/// what is believed of a way stays in the log for ever, with the next interaction.
final class KeptWays {

    private static final String ALL =
            "select id, last_position, way from conversation where way is not null";
    private static final String OF_INTERACTION =
            "select c.id, c.last_position, c.way from interaction i"
                    + " join conversation c on c.id = i.conversation"
                    + " where i.position = ? and c.way is not null";

    private final Sql sql;
    private @Nullable ConversationId first;
    private long wrong;
    private @Nullable ConversationId firstSpoilt;
    private long spoilt;

    KeptWays(Sql sql) {
        this.sql = sql;
    }

    /// Compares all.
    ///
    /// @throws Damaged an interaction on a way is not what was written
    KeptWays all() throws SQLException {
        // a file of a version before may be looked at, which keeps none
        boolean keeps =
                sql.any("select 1 from pragma_table_info('conversation') where name = 'way'");
        return keeps ? compare(sql.statement(ALL)) : this;
    }

    /// Compares that of the conversation which an interaction is in.
    ///
    /// @throws Damaged an interaction on the way is not what was written
    KeptWays of(long position) throws SQLException {
        PreparedStatement statement = sql.statement(OF_INTERACTION);
        statement.setLong(1, position);
        return compare(statement);
    }

    private KeptWays compare(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            var columns = new Columns(sql.dialect, rows);
            while (columns.next()) {
                compare(columns.conversation(), columns.number(), columns.array());
            }
        }
        return this;
    }

    private void compare(ConversationId conversation, long last, byte[] bytes) throws SQLException {
        Skips kept = KeptWay.read(bytes, conversation, last);
        if (kept != null && !isRight(kept, conversation)) {
            wrong++;
            first = first == null ? conversation : first;
        }
        if (!KeptWay.intact(bytes, conversation)) {
            spoilt++;
            firstSpoilt = firstSpoilt == null ? conversation : firstSpoilt;
        }
    }

    private boolean isRight(Skips kept, ConversationId conversation) throws SQLException {
        Way.Walked walked = Way.walked(sql, conversation, kept.previous());
        // nothing of it is kept any more, so that nothing speaks against it
        return walked.skips().depth() == 0 || kept.isAs(walked.skips(), walked.upToEnd());
    }

    /// Tells which would be believed, and are wrong.
    void tell(List<String> findings) {
        if (wrong > 0) {
            findings.add(
                    "the way back that the row of conversation %s keeps, and of %d others, is not"
                                    .formatted(first, wrong - 1)
                            + " the one that its interactions lead");
        }
    }

    /// Tells which are not what was written. Nobody believes them: such a way is walked and kept
    /// anew; but something has changed what is on the disk.
    void tellSpoilt(List<String> findings) {
        if (spoilt > 0) {
            findings.add(
                    "the way back that the row of conversation %s keeps, and of %d others, is not"
                                    .formatted(firstSpoilt, spoilt - 1)
                            + " what was written; the journal does without it");
        }
    }
}
