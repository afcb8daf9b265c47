package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.model.ConversationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What only a journal in one file has to promise: one user, backups, a full disk, a full queue.
final class SqliteFileTest {

    private static final JournalOptions OPTIONS =
            JournalOptions.standard().at(new MovableClock()).sortedAtOnce(50);

    @TempDir Path folder;

    private Journal open() {
        return SqliteJournal.open(folder, OPTIONS);
    }

    private static void store(Journal journal, int count) {
        ConversationId conversation = Samples.conversation(journal, "+" + System.nanoTime());
        List<CompletableFuture<Commit>> commits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commits.add(
                    journal.append(Samples.webhook(conversation, i + "-" + conversation.value())));
        }
        commits.forEach(CompletableFuture::join);
    }

    @Test
    @DisplayName("after a crash it is known when the customer said it, and a changed time is found")
    void saidBeforeACrash(@TempDir Path other) throws IOException, SQLException {
        ConversationId conversation;
        try (Journal journal = open()) {
            conversation = Samples.conversation(journal, "+1");
            Change.Append late =
                    Samples.append(
                            conversation,
                            Change.Weight.FROM_CUSTOMER,
                            Samples.AT.plusSeconds(7200),
                            "late");
            journal.append(Unit.of(Samples.said(late, Samples.AT))).join().need();
            journal.append(Unit.of(Samples.message(null))).join().need();
            for (String name : List.of("journal.db", "journal.db-wal", "journal.session")) {
                Files.copy(folder.resolve(name), other.resolve(name));
            }
        }
        try (Journal journal = SqliteJournal.open(other, OPTIONS)) {
            assertThat(journal.conversations().byId(conversation).orElseThrow().lastFromCustomer())
                    .isEqualTo(Samples.AT);
        }
        assertThat(SqliteJournal.examine(other)).isEmpty();
        try (var sql = new Sql(Dialect.SQLITE, Connections.writer(other.resolve("journal.db")))) {
            sql.update("update interaction set said_at = said_at + 1 where said_at is not null");
        }
        assertThat(SqliteJournal.examine(other)).isNotEmpty();
    }

    @Test
    @DisplayName("a folder has one user, and the second is told who it is")
    void oneUser() {
        try (Journal journal = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(JournalUnavailable.class)
                    .hasMessageContaining("in use by this process");
            store(journal, 1);
        }
        open().close();
    }

    @Test
    @DisplayName("another process is refused with the first one's number")
    void otherProcess() throws Exception {
        try (Journal journal = open()) {
            var other = Child.start(AppendingProgram.class, folder.toString(), "1");
            assertThat(other.waitFor()).isNotZero();
            assertThat(Child.output(other))
                    .contains("in use by process " + ProcessHandle.current().pid());
            store(journal, 1);
        }
    }

    @Test
    @DisplayName("a backup made under load is complete, opens, and begins another timeline")
    void backupAndRestore(@TempDir Path other) throws IOException {
        Path target = other.resolve("journal.db");
        long atLeast;
        long identity;
        try (Journal journal = open()) {
            store(journal, 1000);
            identity = journal.log().identity();
            atLeast = journal.log().head();
            var running = new AtomicBoolean(true);
            CompletableFuture<Void> load =
                    CompletableFuture.runAsync(() -> {
                        while (running.get()) {
                            store(journal, 100);
                        }
                    });
            journal.backup(target);
            running.set(false);
            load.join();
            assertThatThrownBy(() -> journal.backup(target))
                    .isInstanceOf(JournalUnavailable.class)
                    .hasMessageContaining("there is one already");
            assertThat(journal.log().timeline()).isEqualTo(1);
        }
        assertThat(SqliteJournal.examine(other)).isEmpty();
        long restored;
        try (Journal journal = SqliteJournal.open(other, OPTIONS)) {
            restored = journal.log().head();
            assertThat(restored).isBetween(atLeast, head());
            assertThat(journal.log().identity()).isEqualTo(identity);
            assertThat(journal.log().timeline()).isEqualTo(2);
            assertThat(journal.log().lastCommon(1)).isEqualTo(restored);
            store(journal, 10);
            assertThat(journal.log().lastCommon(1)).isEqualTo(restored);
            assertThat(journal.log().lastCommon(2)).isEqualTo(restored + 10);
            assertThat(journal.log().lastCommon(3)).isEqualTo(-1);
        }
        try (Journal journal = SqliteJournal.open(other, OPTIONS)) {
            assertThat(journal.log().timeline()).isEqualTo(2);
        }
    }

    private long head() {
        try (Journal journal = open()) {
            assertThat(journal.log().timeline()).isEqualTo(1);
            return journal.log().head();
        }
    }

    @Test
    @DisplayName("a backup or an older copy put into the same folder begins another timeline")
    void restoredInPlace(@TempDir Path other) throws IOException {
        Path file = folder.resolve("journal.db");
        Path copy = other.resolve("copy.db");
        Path backup = other.resolve("backup.db");
        try (Journal journal = open()) {
            store(journal, 10);
            journal.backup(backup);
        }
        Files.copy(file, copy);
        try (Journal journal = open()) {
            store(journal, 10);
        }
        Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
        try (Journal journal = open()) {
            assertThat(journal.log().head()).isEqualTo(10);
            assertThat(journal.log().timeline()).isEqualTo(2);
            store(journal, 5);
        }
        Files.copy(backup, file, StandardCopyOption.REPLACE_EXISTING);
        try (Journal journal = open()) {
            assertThat(journal.log().timeline()).isEqualTo(2);
            assertThat(journal.log().lastCommon(1)).isEqualTo(10);
        }
    }

    @Test
    @DisplayName(
            "a full disk fails what cannot be kept, says so, and goes on by itself when there is room")
    void fullDisk() throws SQLException {
        var kept = new AtomicLong();
        try (var journal = SqliteJournal.open(folder, OPTIONS.fileBytes(2 * 1024 * 1024))) {
            ConversationId conversation = Samples.conversation(journal, "+1");
            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    journal.append(
                                                    Unit.of(
                                                            Samples.message(conversation),
                                                            Samples.raw("x".repeat(10_000))))
                                            .join();
                                    kept.incrementAndGet();
                                }
                            })
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(JournalUnavailable.class)
                    .hasMessageContaining("disk is full");
            assertThat(kept.get()).isGreaterThan(50);
            assertThat(journal.health().writable()).isFalse();
            assertThat(journal.health().text()).contains("make room");
            assertThat(journal.log().head()).isEqualTo(kept.get());
            assertThat(journal.log().after(0, Filter.ALL, 10).rows()).hasSize(10);
            assertThat(journal.append(Samples.webhook(conversation, "no")))
                    .isCompletedExceptionally();

            journal.allow(4 * 1024 * 1024);
            await().until(() -> journal.health().writable());
            assertThat(journal.health().text()).isEmpty();
            assertThat(journal.append(Samples.webhook(conversation, "yes")).join().need())
                    .containsExactly(new Commit.Result.Stored(kept.get() + 1, 1));
        }
        assertThat(SqliteJournal.examine(folder)).isEmpty();
    }

    @Test
    @DisplayName("when too much waits, units are refused at once instead of piling up")
    void fullQueue() {
        try (var journal = SqliteJournal.open(folder, OPTIONS.queue(10, 1_000_000))) {
            List<CompletableFuture<Commit>> commits = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                commits.add(journal.append(Samples.once("k" + i, Samples.message(null))));
            }
            await().until(() -> commits.stream().allMatch(CompletableFuture::isDone));
            List<CompletableFuture<Commit>> refused =
                    commits.stream().filter(CompletableFuture::isCompletedExceptionally).toList();

            assertThat(refused).isNotEmpty();
            assertThatThrownBy(refused.getFirst()::join)
                    .hasCauseInstanceOf(JournalUnavailable.class)
                    .hasMessageContaining("busy");
            assertThat(journal.log().head()).isEqualTo(5_000 - refused.size());
        }
    }

    @Test
    @DisplayName(
            "keys, answers and plugin state are cleared away when their time is over, not before")
    void clearing() {
        var clock = new MovableClock();
        try (var journal = SqliteJournal.open(folder, OPTIONS.at(clock))) {
            for (int i = 0; i < 600; i++) {
                journal.append(Samples.once("k" + i, Samples.message(null))).join();
            }
            journal.append(
                            Unit.of(
                                    new Change.KeepAnswer(
                                            "desk",
                                            "k",
                                            "print",
                                            202,
                                            io.tributary.model.Bytes.EMPTY,
                                            clock.instant())))
                    .join();
            clock.move(Duration.ofDays(6));
            journal.clear();
            assertThat(journal.answers().find("desk", "k")).isPresent();
            clock.move(Duration.ofDays(24));
            journal.append(Samples.once("later", Samples.message(null))).join();
            journal.clear();
            assertThat(journal.answers().find("desk", "k")).isEmpty();
            assertThat(journal.append(Samples.once("k7", Samples.message(null))).join().need())
                    .containsExactly(new Commit.Result.Duplicate(8, 1));
            clock.move(Duration.ofSeconds(1));
            journal.clear();
            assertThat(journal.append(Samples.once("k7", Samples.message(null))).join().need())
                    .containsExactly(new Commit.Result.Stored(602, 1));
            assertThat(journal.append(Samples.once("later", Samples.message(null))).join().need())
                    .containsExactly(new Commit.Result.Duplicate(601, 1));
        }
    }

    @Test
    @DisplayName("devices that did not come back for half a year are forgotten, also after a kill")
    void devices() {
        var clock = new MovableClock();
        try (SqliteJournal journal =
                SqliteJournal.open(folder, JournalOptions.standard().at(clock))) {
            long killed = journal.nextEpoch();
            comes(journal, clock, "of a run that was killed", killed);
            long epoch = journal.nextEpoch();
            comes(journal, clock, "still there", epoch);
            comes(journal, clock, "gone", epoch);
            journal.append(
                            Unit.of(
                                    new Change.DeviceWent(
                                            Samples.ACCOUNT, "gone", "gone", clock.instant())))
                    .join()
                    .need();
            clock.move(Duration.ofDays(180));
            journal.clear();
            assertThat(journal.devices().find(Samples.ACCOUNT, "gone")).isPresent();
            clock.move(Duration.ofSeconds(1));
            journal.clear();

            assertThat(journal.devices().find(Samples.ACCOUNT, "gone")).isEmpty();
            assertThat(journal.devices().find(Samples.ACCOUNT, "of a run that was killed"))
                    .isEmpty();
            assertThat(journal.devices().find(Samples.ACCOUNT, "still there")).isPresent();
        }
    }

    private static void comes(Journal journal, MovableClock clock, String device, long epoch) {
        journal.append(
                        Unit.of(
                                new Change.DeviceCame(
                                        Samples.ACCOUNT, device, device, epoch, clock.instant())))
                .join()
                .need();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 200})
    @DisplayName("an external id that is bound again comes to nothing, also when the first goes")
    void boundTwice(int behind) {
        var clock = new MovableClock();
        var first = Samples.append(null, Change.Weight.QUIET, clock.instant(), "first");
        var second =
                Samples.append(
                        null, Change.Weight.QUIET, clock.instant().plusSeconds(60), "second");
        try (var journal = SqliteJournal.open(folder, OPTIONS)) {
            journal.append(Unit.of(first, Samples.reference("twice", first.id()))).join().need();
            bind(journal, 200, "before");
            journal.append(Unit.of(second, Samples.reference("twice", second.id()))).join().need();
            bind(journal, behind, "behind");
            assertThat(journal.directory().reference(Samples.ACCOUNT, "twice").orElseThrow())
                    .returns(first.id(), Directory.Reference::interaction);

            assertThat(journal.dropBefore(clock.instant().plusSeconds(30))).isPositive();

            assertThat(journal.directory().reference(Samples.ACCOUNT, "twice")).isEmpty();
            assertThat(journal.directory().references(second.id())).isEmpty();
            bind(journal, 200, "later");
        }
        assertThat(SqliteJournal.examine(folder)).isEmpty();
        try (Journal journal = open()) {
            assertThat(journal.directory().reference(Samples.ACCOUNT, "twice")).isEmpty();
        }
    }

    /// So that what was bound before them is sorted into its tree.
    private static void bind(Journal journal, int count, String name) {
        for (int i = 0; i < count; i++) {
            var later = Samples.AT.plusSeconds(60);
            var message = Samples.append(null, Change.Weight.QUIET, later, name);
            journal.append(Unit.of(message, Samples.reference(name + i, message.id())))
                    .join()
                    .need();
        }
    }

    @Test
    @DisplayName("a changed audit record is found")
    void changedAudit() throws SQLException {
        try (Journal journal = open()) {
            for (int i = 0; i < 5; i++) {
                journal.append(
                                Unit.of(
                                        new Change.AddAudit(
                                                "ann", "did", "thing " + i, "", Samples.AT)))
                        .join();
            }
        }
        try (var sql = new Sql(Dialect.SQLITE, Connections.writer(folder.resolve("journal.db")))) {
            sql.update("update audit set actor = 'bob' where id = 3");
        }
        try (Journal journal = open()) {
            assertThat(journal.audit().firstBroken()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName(
            "who follows a conversation is not shown again what was committed as the head moved")
    void aheadOfTheHead() {
        ConversationId conversation;
        try (Journal journal = open()) {
            conversation = Samples.conversation(journal, "+1");
            for (int i = 0; i < 3; i++) {
                journal.append(Samples.webhook(conversation, "key-" + i)).join();
            }
        }
        try (var pool =
                new ReadPool(
                        new SqliteSource(folder.resolve("journal.db"), new Fitness()),
                        2,
                        new Fitness())) {
            var reads =
                    new LogReads(
                            pool,
                            new LogEnds(2, 1, 0),
                            new Timelines.Known(1, List.of(1L)),
                            new ConversationReads(pool, new ConversationCache(10)));
            var filter = new Filter(Set.of(), Set.of(), conversation, Set.of(), null, Set.of());

            LogReader.Page page = reads.after(0, filter, 10);
            assertThat(page.rows()).hasSize(3);
            assertThat(page.seen()).isEqualTo(3);
        }
    }
}
