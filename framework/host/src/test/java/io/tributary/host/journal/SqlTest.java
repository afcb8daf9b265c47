package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a connection with its statements")
final class SqlTest {

    private static final String BIG = "insert into filling values (zeroblob(1000000))";

    @TempDir Path folder;

    @Nullable Sql opened;

    @BeforeEach
    void open() throws SQLException {
        opened =
                new Sql(
                        Dialect.SQLITE,
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("small.db")));
        opened.run("create table filling (bytes blob)");
        opened.run("pragma max_page_count = 50");
    }

    @AfterEach
    void close() throws SQLException {
        sql().close();
    }

    @Test
    @DisplayName("runs a statement again that failed while the file was full")
    void runsAgain() throws Exception {
        assertThatThrownBy(() -> sql().run(BIG)).isInstanceOf(SQLException.class);

        sql().run("pragma max_page_count = 5000");
        sql().run(BIG);

        assertThat(sql().number(0, "select count(*) from filling")).isEqualTo(1);
    }

    @Test
    @DisplayName("changes rows and reads them with statements that failed before")
    void usesAgain() throws Exception {
        String insert = "insert into filling values (zeroblob(?))";
        String select = "select json_extract(cast(bytes as text), '$.a') from filling";
        assertThatThrownBy(() -> sql().update(insert, 1_000_000)).isInstanceOf(SQLException.class);

        sql().run("pragma max_page_count = 5000");
        assertThat(sql().update("insert into filling values (?)", "no JSON")).isEqualTo(1);
        assertThatThrownBy(() -> sql().list(select, Columns::textOrNull))
                .isInstanceOf(SQLException.class);
        sql().update("update filling set bytes = ?", "{\"a\":\"here\"}");

        assertThat(sql().list(select, Columns::textOrNull)).containsExactly("here");
        assertThat(sql().update(insert, 1_000_000)).isEqualTo(1);
    }

    private Sql sql() {
        return Objects.requireNonNull(opened);
    }
}
