package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A journal that is to close while the network swallows all that its server says.
final class HurriedCloseTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final PostgresAddress database = TestServer.database();

    @TempDir private Path folder;
    private Wire wire;

    @BeforeEach
    void connect() throws Exception {
        wire = Wire.to(database);
    }

    @AfterEach
    void drop() throws Exception {
        wire.close();
        TestServer.drop(database);
    }

    @Test
    @DisplayName(
            "who is told to hurry gives up what hangs, and whoever comes next has the folder and the log at once")
    void hurried() throws Exception {
        var journal =
                PostgresJournal.share(wire.through(database), folder, JournalOptions.standard());
        assertThat(journal.nextEpoch()).isEqualTo(1);
        wire.silence();
        // a minute is what a chore may take
        var hanging = CompletableFuture.supplyAsync(journal::nextEpoch);
        await().atMost(SOON).until(() -> wire.lost() > 0);
        Thread closing = Thread.ofPlatform().start(journal::close);
        await().atMost(SOON).until(() -> closing.getState() == Thread.State.WAITING);

        closing.interrupt();

        assertThat(closing.join(SOON)).isTrue();
        assertThatThrownBy(hanging::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(JournalUnavailable.class);
        try (Journal next = PostgresJournal.share(database, folder, JournalOptions.standard())) {
            assertThat(next.nextEpoch()).as("what hung was done all the same").isEqualTo(3);
        }
    }
}
