package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresTest {

    private static final int MANY = 50;

    @TempDir Path folder;

    @Test
    @DisplayName("a server tells what it did and took, also what a process took that is gone")
    void counts() throws Exception {
        try (Postgres server = Postgres.start(folder)) {
            server.forget();
            Postgres.Done before = server.done();
            double took = server.cpuSeconds();
            try (var connection = DriverManager.getConnection(server.url(), server.user(), "");
                    var statement = connection.createStatement()) {
                for (int i = 0; i < MANY; i++) {
                    statement.execute("select sum(n) from generate_series(1, 50000) n");
                }
            }

            Postgres.Done done = server.done().since(before);
            assertThat(done.statements()).isGreaterThanOrEqualTo(MANY);
            assertThat(server.cpuSeconds() - took).isGreaterThan(0.05);
            assertThat(server.statements())
                    .anySatisfy(each -> {
                        assertThat(each.text()).contains("generate_series");
                        assertThat(each.calls()).isEqualTo(MANY);
                        assertThat(each.millis()).isPositive();
                    });
        }
        Postgres.awaitEnds(folder);
        assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
    }
}
