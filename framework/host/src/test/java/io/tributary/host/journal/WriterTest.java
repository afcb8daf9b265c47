package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The writer's one run over what waits for it, on the test's own thread: what is handed in before
/// is taken in one batch.
@DisplayName("the writer")
final class WriterTest {

    private static final int NEVER = -1;

    @TempDir Path folder;

    private final WriteQueue queue = new WriteQueue(100, 1 << 20);
    private final Fitness fitness = new Fitness();
    private final Teller teller = new Teller();
    private final DyingClock clock = new DyingClock();
    private final JournalOptions options = JournalOptions.standard().at(clock);
    private JournalFolder taken;
    private Opening.Opened opened;
    private boolean closed;

    /// What the writer asks for the time in the midst of a batch, when it stores a dedupe key.
    private static final class DyingClock implements InstantSource {

        private int left = NEVER;

        @Override
        public Instant instant() {
            if (left == 0) {
                throw new StackOverflowError("no clock any more");
            }
            if (left > 0) {
                left--;
            }
            return MovableClock.START;
        }
    }

    @BeforeEach
    void open() {
        taken = JournalFolder.take(folder);
        opened = Opening.open(taken, options);
    }

    @AfterEach
    void close() {
        if (!closed) {
            closed = true;
            Opening.close(opened.tables(), fitness);
            taken.close();
        }
    }

    private CompletableFuture<Commit> handIn(Unit unit) {
        var prepared = new Prepared(unit);
        assertThat(queue.offer(prepared)).isEqualTo(WriteQueue.Answer.TAKEN);
        return prepared.future;
    }

    private CompletableFuture<Commit> handIn(String key) {
        return handIn(Samples.once(key, Samples.message(null)));
    }

    private <T> CompletableFuture<T> handIn(Chore.Work<T> work) {
        Chore<T> chore = Chore.of(work);
        assertThat(queue.offer(chore)).isEqualTo(WriteQueue.Answer.TAKEN);
        return chore.future();
    }

    /// Until nothing waits any more and all is told.
    private void run() {
        queue.close();
        new Writer(
                        opened.tables(),
                        opened.counters(),
                        queue,
                        fitness,
                        opened.ends(),
                        teller,
                        options)
                .run();
        teller.run();
    }

    /// What the next start finds.
    private long head() {
        close();
        try (Journal journal = SqliteJournal.open(folder, JournalOptions.standard())) {
            return journal.log().head();
        }
    }

    private static void assertRefused(Stream<CompletableFuture<?>> futures, String why) {
        assertThat(futures.toList())
                .allSatisfy(future -> {
                    assertThat(future).isDone();
                    assertThatThrownBy(future::join)
                            .hasCauseInstanceOf(JournalUnavailable.class)
                            .hasMessageContaining(why);
                });
    }

    @Test
    @DisplayName("commits what waits, in one batch, and leaves the file in order")
    void commits() {
        var units = List.of(handIn("a"), handIn("b"), handIn("c"));

        run();

        assertThat(units)
                .extracting(unit -> unit.join().need().getFirst())
                .containsExactly(
                        new Commit.Result.Stored(1, 1),
                        new Commit.Result.Stored(2, 1),
                        new Commit.Result.Stored(3, 1));
        assertThat(fitness.closedWell()).isTrue();
        assertThat(head()).isEqualTo(3);
    }

    @Test
    @DisplayName("writes nothing more when a chore has shown that the file cannot be trusted")
    void choreThatEndsFitness() {
        var chore =
                handIn(_ -> {
                    throw new Damaged("the tree of keys");
                });
        var units = List.of(handIn("a"), handIn("b"));
        var later = handIn(tables -> tables.sql.number(0, "select epoch from log"));

        run();

        assertRefused(Stream.of(chore), "the tree of keys");
        assertRefused(Stream.of(units.get(0), units.get(1), later), "the tree of keys");
        assertThat(fitness.state().last()).isTrue();
        assertThat(opened.ends().head()).isZero();
        assertThat(head()).isZero();
    }

    @Test
    @DisplayName("goes on after a chore that fails for a reason of its own")
    void choreThatFails() {
        var chore =
                handIn(_ -> {
                    throw new IllegalStateException("nothing to do");
                });
        var unit = handIn("a");

        run();

        assertThat(chore).isCompletedExceptionally();
        assertThat(unit.join()).isInstanceOf(Commit.Done.class);
        assertThat(head()).isEqualTo(1);
    }

    @Test
    @DisplayName("answers all units of a batch in the midst of which it dies, and says that it did")
    void diesInABatch() {
        var units = List.of(handIn("a"), handIn("b"), handIn("c"));
        clock.left = 1;

        run();

        assertRefused(Stream.of(units.get(0), units.get(1), units.get(2)), "failed unexpectedly");
        assertThat(fitness.text()).contains("failed unexpectedly").contains("start again");
        assertThat(fitness.closedWell()).isFalse();
        assertThat(head()).isZero();
    }

    @Test
    @DisplayName("answers them, too, when it dies while it looks for the one that is at fault")
    void diesOverSingles() {
        var unfit = handIn(Unit.of(Samples.message(Samples.IDS.conversation())));
        var units = List.of(handIn("a"), handIn("b"), handIn("c"));
        clock.left = 1;

        run();

        assertThat(unfit).isDone();
        assertThatThrownBy(unfit::join).hasCauseInstanceOf(UnitRefused.class);
        assertThat(units.getFirst().join()).isInstanceOf(Commit.Done.class);
        assertRefused(Stream.of(units.get(1), units.get(2)), "failed unexpectedly");
        assertThat(head()).isEqualTo(1);
    }

    @Test
    @DisplayName("tells whoever waits for the chore of which it dies, and all behind it")
    void diesOfAChore() {
        var chore =
                handIn(
                        (Chore.Work<Boolean>)
                                tables -> {
                                    tables.sql.update("update log set epoch = epoch + 1");
                                    return endless(tables);
                                });
        var unit = handIn("a");

        run();

        assertRefused(Stream.of(chore, unit), "failed unexpectedly");
        assertThat(head()).isZero();
    }

    private static boolean endless(Tables tables) throws SQLException {
        if (tables.sql.any("select 1")) {
            throw new StackOverflowError("too deep");
        }
        return true;
    }
}
