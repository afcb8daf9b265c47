package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the keeper")
final class KeeperTest {

    /// More than the keeper lets wait.
    private static final int MUCH = 6_000_000;

    @TempDir Path folder;

    private final WriteQueue queue = new WriteQueue(10, 1_000);
    private final Fitness fitness = new Fitness();

    private Keeper keeper(Path database) {
        return new Keeper(
                database, queue, fitness, new Clearing(Duration.ofDays(30), Duration.ofDays(7)));
    }

    @Test
    @DisplayName("stops the journal when it fails itself, whatever it fails with")
    void failing() {
        var nameless =
                (Path)
                        Proxy.newProxyInstance(
                                KeeperTest.class.getClassLoader(),
                                new Class<?>[] {Path.class},
                                (_, _, _) -> {
                                    throw new IllegalStateException("made so by the test");
                                });

        keeper(nameless).run();

        assertThat(fitness.state().last()).isTrue();
        assertThat(fitness.text()).contains("keeper failed").contains("start again");
    }

    @Test
    @DisplayName("stops the journal when the file cannot be opened again")
    void cannotOpen() {
        keeper(folder.resolve("nowhere").resolve("journal.db")).run();

        assertThat(fitness.state().last()).isTrue();
        assertThat(fitness.text()).contains("could not be opened again");
    }

    @Test
    @DisplayName("goes on when the writer could not do what it was asked to")
    void failingChores() throws Exception {
        Path database = folder.resolve("journal.db");
        try (var writer = new Sql(Dialect.SQLITE, Connections.writer(database))) {
            writer.run("create table filler (bytes blob)");
            var keeper = keeper(database);
            var thread = Thread.ofPlatform().start(keeper);
            try {
                for (int i = 0; i < 2; i++) {
                    writer.update("insert into filler values (zeroblob(?))", MUCH);
                    chore().future().completeExceptionally(new SQLException("made so by the test"));
                }
            } finally {
                keeper.close();
                thread.join();
            }
        }
        assertThat(fitness.writes()).isTrue();
    }

    private Chore<?> chore() {
        var taken = new AtomicReference<@Nullable Chore<?>>();
        await().until(() -> taken.updateAndGet(before -> queue.takeChore()) != null);
        Chore<?> chore = taken.get();
        if (chore == null) {
            throw new AssertionError("there was one");
        }
        return chore;
    }
}
