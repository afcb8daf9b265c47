package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("an open conversation")
final class KeptConversationTest {

    @TempDir Path folder;

    @Test
    @DisplayName("is found by its index alone, however many threads its end has")
    void byIndex() throws SQLException {
        SqliteJournal.open(folder, JournalOptions.standard()).close();
        try (var sql = new Sql(Dialect.SQLITE, Connections.reader(folder.resolve("journal.db")))) {
            assertThat(
                            sql.list(
                                    "explain query plan " + KeptConversation.OPEN,
                                    KeptConversationTest::detail,
                                    "account",
                                    "address",
                                    "line",
                                    "thread"))
                    .singleElement()
                    .asString()
                    .contains("conversation_open", "account=?", "address=?", "line=?", "<expr>=?");
        }
    }

    /// Behind three numbers.
    private static String detail(Columns columns) throws SQLException {
        for (int i = 0; i < 3; i++) {
            columns.number();
        }
        return columns.text();
    }
}
