package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.model.ConversationId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What several members promise together over one database, and what each does when it is away.
final class ManyMembersIT {

    @TempDir Path folder;

    private final MovableClock clock = new MovableClock();
    private final PostgresAddress database = TestServer.database();
    private final List<PostgresJournal> members = new ArrayList<>();
    private Wire wire;

    @SuppressWarnings("NullAway.Init") // set before each test
    ManyMembersIT() {}

    @BeforeEach
    void wire() throws IOException {
        wire = Wire.to(database);
    }

    @AfterEach
    void close() throws IOException {
        wire.mend();
        members.forEach(PostgresJournal::close);
        wire.close();
        TestServer.drop(database);
    }

    private PostgresJournal member(PostgresAddress address) {
        var member =
                PostgresJournal.openMigrated(
                        new PostgresConnections(address), JournalOptions.standard().at(clock));
        members.add(member);
        return member;
    }

    private List<PostgresJournal> members(int count) {
        return IntStream.range(0, count).mapToObj(_ -> member(database)).toList();
    }

    @Test
    @DisplayName("positions are dense, and each key is kept once, whoever appends")
    void oneSequence() {
        List<PostgresJournal> three = members(3);
        ConversationId conversation = Samples.conversation(three.getFirst(), "+1");
        List<CompletableFuture<Commit>> commits = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            for (PostgresJournal member : three) {
                commits.add(member.append(Samples.webhook(conversation, "key " + i)));
            }
        }
        long stored =
                commits.stream()
                        .map(commit -> commit.join().need().getFirst())
                        .filter(Commit.Result.Stored.class::isInstance)
                        .count();
        assertThat(stored).isEqualTo(300);
        for (PostgresJournal member : three) {
            assertThat(JournalContract.positions(member.log().after(0, Filter.ALL, 1000).rows()))
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, 300).boxed().toList());
        }
    }

    @Test
    @DisplayName("of two members that open a conversation with one end, the later one is told")
    void oneOpens() {
        List<PostgresJournal> two = members(2);
        var expects =
                List.<Expect>of(
                        new Expect.NoOpenConversation(Samples.ACCOUNT, Samples.LINE, "+1", null));
        List<Commit> commits =
                IntStream.range(0, 40)
                        .mapToObj(i ->
                                two.get(i % 2)
                                        .append(
                                                Unit.of(
                                                        expects,
                                                        List.of(
                                                                Samples.opening(
                                                                        Samples.IDS.conversation(),
                                                                        "+1")))))
                        .map(CompletableFuture::join)
                        .toList();
        assertThat(commits).filteredOn(Commit.Done.class::isInstance).hasSize(1);
    }

    @Test
    @DisplayName("what another member closed is noticed, and forgotten")
    void closedElsewhere() {
        List<PostgresJournal> two = members(2);
        PostgresJournal here = two.getFirst();
        ConversationId id = Samples.conversation(here, "+1");
        assertThat(open(here)).isPresent();
        two.getLast().append(Unit.of(new Change.CloseConversation(id, Samples.AT))).join().need();
        Commit stale =
                here.append(
                                Unit.of(
                                        List.of(new Expect.ConversationOpen(id)),
                                        List.of(Samples.message(id))))
                        .join();
        assertThat(stale).isInstanceOf(Commit.Stale.class);
        assertThat(open(here)).isEmpty();
    }

    private static java.util.Optional<Conversations.Conversation> open(PostgresJournal member) {
        return member.directory().open(Samples.ACCOUNT, Samples.LINE, "+1", null);
    }

    @Test
    @DisplayName("an interaction is parked by one member and found by another")
    void parkedElsewhere() {
        List<PostgresJournal> two = members(2);
        PostgresJournal here = two.getFirst();
        here.append(Unit.of(Samples.message(null))).join().need();
        two.getLast()
                .append(
                        Unit.of(
                                new Change.Park(
                                        Samples.ACCOUNT,
                                        "late",
                                        Samples.AT,
                                        io.tributary.model.Bytes.utf8("{}"))))
                .join()
                .need();
        var expects = List.<Expect>of(new Expect.NothingParked(Samples.ACCOUNT, "late"));
        Commit told = here.append(Unit.of(expects, List.of(Samples.message(null)))).join();
        assertThat(told).isInstanceOf(Commit.Stale.class);
        assertThat(here.directory().parked(Samples.ACCOUNT, "late")).hasSize(1);
    }

    @Test
    @DisplayName("a batch whose answer was lost is stored once, and its answer is the first one")
    void lostAnswer() {
        PostgresJournal far = member(wire.through(database));
        ConversationId id = Samples.conversation(far, "+1");
        var heard = new ConcurrentLinkedQueue<Row>();
        var _ = far.onCommit(heard::addAll);
        wire.loseAnswers();
        // no key: only the batch itself can tell that it was stored
        CompletableFuture<Commit> commit = far.append(Unit.of(Samples.message(id)));
        await().until(() -> wire.lost() > 0);
        wire.mend();
        assertThat(commit.join().need()).containsExactly(new Commit.Result.Stored(1, 1));
        assertThat(far.log().head()).isEqualTo(1);
        assertThat(heard).hasSize(1);
    }

    @Test
    @DisplayName("without its database a member refuses within two seconds, and goes on by itself")
    void away() {
        PostgresJournal far = member(wire.through(database));
        far.append(Unit.of(Samples.message(null))).join().need();
        wire.cut();
        long began = System.nanoTime();
        CompletableFuture<Commit> refused = far.append(Unit.of(Samples.message(null)));
        await().atMost(Duration.ofSeconds(10)).until(refused::isDone);
        assertThat(refused.exceptionNow()).isInstanceOf(JournalUnavailable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(far.health().writable()).isFalse();
        assertThat(far.health().text()).contains("cannot be used now");
        wire.mend();
        await().atMost(Duration.ofSeconds(20)).until(() -> far.health().writable());
        far.append(Unit.of(Samples.message(null))).join().need();
        assertThat(far.log().head()).isGreaterThanOrEqualTo(2);
    }

    @Test
    @DisplayName(
            "who waits for a slow database is answered, and the journal goes on when it answers")
    void slow() throws SQLException {
        PostgresJournal here = member(database);
        here.append(Unit.of(Samples.message(null))).join().need();
        try (Connection holder = TestServer.connect(database);
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select next_position from log for update");
            CompletableFuture<Commit> waiting = here.append(Unit.of(Samples.message(null)));
            await().atMost(Duration.ofSeconds(10)).until(waiting::isDone);
            assertThat(waiting.exceptionNow()).isInstanceOf(JournalUnavailable.class);
            assertThat(here.health().text()).contains("does not answer");
            holder.rollback();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> here.health().writable());
        here.append(Unit.of(Samples.message(null))).join().need();
        // the one in between was of unknown outcome: it is there whole
        assertThat(here.log().head()).isEqualTo(3);
    }

    @Test
    @DisplayName("a server that lacks the last commits makes the timeline go up")
    void failOver() throws SQLException {
        PostgresJournal far = member(wire.through(database));
        for (int i = 0; i < 5; i++) {
            far.append(Unit.of(Samples.message(null))).join().need();
        }
        assertThat(far.log().timeline()).isEqualTo(1);
        wire.cut();
        try (Connection direct = TestServer.connect(database);
                var statement = direct.createStatement()) {
            // as another server would tell that was three commits behind when it took over
            statement.execute("delete from interaction where position > 2");
            statement.execute("update log set next_position = 3");
        }
        wire.mend();
        // what it has in memory beside the log may be gone as well: nothing is written by it any
        // more
        await().atMost(Duration.ofSeconds(20))
                .until(() -> {
                    assertThat(appends(far, Unit.of(Samples.message(null)))).isFalse();
                    return far.health().text().contains("begins anew") && far.outdated().isDone();
                });
        assertThat(far.log().head()).isEqualTo(2);
        assertThat(far.log().timeline()).isEqualTo(2);
        assertThat(far.log().lastCommon(1)).isEqualTo(2);
        assertThat(appends(member(database), Unit.of(Samples.message(null)))).isTrue();
        assertThat(members.getLast().log().timeline()).isEqualTo(2);
    }

    @Test
    @DisplayName("who comes late is told of lost commits, although the log is longer by now")
    void failOverAndOn() throws SQLException {
        PostgresJournal wrote = member(wire.through(database));
        for (int i = 0; i < 5; i++) {
            wrote.append(Unit.of(Samples.message(null))).join().need();
        }
        PostgresJournal read = member(wire.through(database));
        assertThat(read.log().after(2, Filter.ALL, 10).rows()).hasSize(3);
        wire.cut();
        long epoch;
        try (Connection direct = TestServer.connect(database);
                var statement = direct.createStatement()) {
            statement.execute("delete from interaction where position > 2");
            statement.execute("update log set next_position = 3, server = 'another/00000001'");
            try (var row = statement.executeQuery("select epoch from log")) {
                row.next();
                epoch = row.getLong(1);
            }
        }
        PostgresJournal goesOn = member(database);
        for (int i = 0; i < 10; i++) {
            goesOn.append(Unit.of(Samples.message(null))).join().need();
        }
        wire.mend();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> {
                    var _ = appends(wrote, Unit.of(Samples.message(null)));
                    var _ = appends(read, Unit.of(Samples.message(null)));
                    return wrote.outdated().isDone() && read.outdated().isDone();
                });
        assertThat(goesOn.outdated()).isNotDone();
        assertThat(goesOn.log().timeline()).isEqualTo(2);
        assertThat(goesOn.nextEpoch()).as("no epoch twice").isGreaterThan(epoch + 1_000);
    }

    @Test
    @DisplayName("another server with the same content makes the timeline go up")
    void anotherServer() throws SQLException {
        member(database).append(Unit.of(Samples.message(null))).join().need();
        try (Connection direct = TestServer.connect(database);
                var statement = direct.createStatement()) {
            statement.execute("update log set server = 'another/00000001'");
        }
        List<PostgresJournal> two = members(2);
        assertThat(two).allSatisfy(each -> assertThat(each.log().timeline()).isEqualTo(2));
        assertThat(two.getFirst().log().lastCommon(1)).isEqualTo(1);
    }

    private static boolean appends(PostgresJournal member, Unit unit) {
        try {
            return member.append(unit).join() instanceof Commit.Done;
        } catch (CompletionException away) {
            return false;
        }
    }

    @Test
    @DisplayName("what no index can hold is refused by itself, and its neighbours are stored")
    void tooLong() {
        PostgresJournal here = member(database);
        String random =
                new java.util.Random(1)
                        .ints(20_000, 33, 126)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        List<CompletableFuture<Commit>> good = new ArrayList<>();
        List<CompletableFuture<Commit>> bad = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            good.add(here.append(Unit.of(Samples.message(null))));
            bad.add(here.append(Unit.of(Samples.opening(Samples.IDS.conversation(), i + random))));
        }
        assertThat(good).allSatisfy(each -> each.join().need());
        assertThat(bad)
                .allSatisfy(each -> {
                    await().until(each::isDone);
                    assertThat(each.exceptionNow()).isInstanceOf(UnitRefused.class);
                });
    }

    @Test
    @DisplayName("a state that lasts for ever is kept")
    void lastsForEver() {
        PostgresJournal here = member(database);
        here.append(
                        Unit.of(
                                new Change.PutState(
                                        Samples.ACCOUNT,
                                        "key",
                                        io.tributary.model.Bytes.utf8("1"),
                                        Duration.ofDays(365_000))))
                .join()
                .need();
        assertThat(here.pluginState().read(Samples.ACCOUNT, "key")).isPresent();
    }

    @Test
    @DisplayName("a copy that was put in the place of the log makes the timeline go up")
    void restored() throws SQLException {
        member(database).append(Unit.of(Samples.message(null))).join().need();
        members.removeLast().close();
        try (Connection direct = TestServer.connect(database);
                var statement = direct.createStatement()) {
            // as restoring a dump does: the same rows in another table
            statement.execute("alter table log rename to log_before");
            statement.execute("create table log (like log_before including all)");
            statement.execute("insert into log select * from log_before");
        }
        assertThat(member(database).log().timeline()).isEqualTo(2);
    }

    @Test
    @DisplayName("a transaction that stays open skips nothing for those who read")
    void openTransaction() throws SQLException {
        PostgresJournal here = member(database);
        here.append(Unit.of(Samples.message(null))).join().need();
        try (Connection holder = TestServer.connect(database);
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select next_position from log for update");
            CompletableFuture<Commit> waiting = here.append(Unit.of(Samples.message(null)));
            assertThat(here.log().after(0, Filter.ALL, 10).rows()).hasSize(1);
            holder.rollback();
            waiting.join().need();
        }
        assertThat(JournalContract.positions(here.log().after(0, Filter.ALL, 10).rows()))
                .containsExactly(1L, 2L);
    }

    @Test
    @DisplayName("tables of a version that is too new are refused in words")
    void tooNew() throws SQLException {
        try (Connection direct = TestServer.connect(database);
                var statement = direct.createStatement()) {
            statement.execute(
                    "insert into schema_history (installed_rank, version, description, type, script,"
                            + " checksum, installed_by, execution_time, success)"
                            + " values (900, '90', 'later', 'SQL', 'V90__later.sql', 1, 'x', 1, true)");
        }
        assertThat(catchRefusal()).contains("version 90").contains("later version of the member");
    }

    private String catchRefusal() {
        try {
            PostgresJournal.open(database, folder, JournalOptions.standard()).close();
            return "";
        } catch (JournalUnavailable refused) {
            return String.valueOf(refused.getMessage());
        }
    }
}
