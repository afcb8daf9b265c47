package io.tributary.host.journal;

import java.sql.SQLException;
import java.util.List;

/// Reads rows of `interaction`. Against damage there are the server's own checksums of its pages.
final class PostgresRows {

    static final List<String> COLUMNS =
            List.of(
                    "position",
                    "id",
                    "conversation",
                    "customer",
                    "channel",
                    "account",
                    "direction",
                    "type",
                    "received_at",
                    "body");

    static final String SELECT = "select " + String.join(", ", COLUMNS) + " from interaction ";

    private PostgresRows() {}

    static Row row(Columns columns) throws SQLException {
        return new Row(
                columns.number(),
                columns.interaction(),
                columns.conversationOrNull(),
                columns.customerOrNull(),
                columns.channel(),
                columns.account(),
                columns.direction(),
                columns.text(),
                columns.instant(),
                columns.bytes());
    }
}
