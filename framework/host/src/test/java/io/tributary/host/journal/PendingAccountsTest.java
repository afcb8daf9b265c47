package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the accounts with something to send")
final class PendingAccountsTest {

    @TempDir Path folder;

    @Test
    @DisplayName("are found by one step in the index for each, however much they have to send")
    void byIndex() throws SQLException {
        SqliteJournal.open(folder, JournalOptions.standard()).close();
        try (var sql = new Sql(Dialect.SQLITE, Connections.reader(folder.resolve("journal.db")))) {
            assertThat(
                            sql.list(
                                    "explain query plan " + OutboxReads.nextAccount(Dialect.SQLITE),
                                    PendingAccountsTest::detail,
                                    ""))
                    .singleElement()
                    .asString()
                    .contains("outbox_pending", "account>?");
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
