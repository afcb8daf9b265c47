package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.journal.Commit.Result.Duplicate;
import io.tributary.host.journal.Commit.Result.Stored;
import io.tributary.model.Bytes;
import io.tributary.model.ConversationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Units, preconditions, dedupe, positions.
abstract class AppendingContract extends JournalContract {

    AppendingContract(Opening opening) {
        super(opening);
    }

    @Test
    @DisplayName("positions are dense and ascend in the order of commits")
    void positionsAreDense() {
        ConversationId conversation = Samples.conversation(journal, "+1");
        List<CompletableFuture<Commit>> commits = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            commits.add(journal.append(Samples.webhook(conversation, "id-" + i)));
        }
        List<Long> positions =
                commits.stream()
                        .map(commit -> ((Stored) commit.join().need().getFirst()).first())
                        .toList();

        assertThat(positions)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 500).boxed().toList());
        assertThat(journal.log().head()).isEqualTo(500);
    }

    @Test
    @DisplayName("the items of a unit get positions that follow each other")
    void itemsOfAUnit() {
        var item = new Item(null, List.of(), List.of(Samples.message(null), Samples.message(null)));

        assertThat(append(new Unit(List.of(item, item(), Samples.once("a").items().getFirst()))))
                .isEqualTo(
                        new Commit.Done(
                                List.of(new Stored(1, 2), new Stored(3, 1), new Stored(0, 0))));
    }

    private static Item item() {
        return new Item(null, List.of(), List.of(Samples.message(null)));
    }

    @Test
    @DisplayName("a known dedupe key is answered with what was stored the first time")
    void duplicates() {
        store(Samples.message(null));
        assertThat(store(Samples.once("k", Samples.message(null), Samples.message(null))))
                .isEqualTo(new Stored(2, 2));

        assertThat(store(Samples.once("k", Samples.message(null)))).isEqualTo(new Duplicate(2, 2));
        assertThat(journal.log().head()).isEqualTo(3);

        reopen();
        assertThat(store(Samples.once("k", Samples.message(null)))).isEqualTo(new Duplicate(2, 2));
    }

    @Test
    @DisplayName("of many equal keys handed in together one is stored")
    void duplicatesInOneBatch() {
        List<CompletableFuture<Commit>> commits = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            commits.add(journal.append(Samples.once("k" + i % 3, Samples.message(null))));
        }

        assertThat(commits.stream().map(CompletableFuture::join))
                .filteredOn(commit -> commit.need().getFirst() instanceof Stored)
                .hasSize(3);
        assertThat(journal.log().head()).isEqualTo(3);
    }

    @Test
    @DisplayName("a double inside a unit is stored once, its neighbours all the same")
    void duplicatesInOneUnit() {
        Item first = Samples.once("k", Samples.message(null)).items().getFirst();
        Item second = Samples.once("k", Samples.message(null)).items().getFirst();

        assertThat(append(new Unit(List.of(first, second, item()))).need())
                .containsExactly(new Stored(1, 1), new Duplicate(1, 1), new Stored(2, 1));
    }

    @Test
    @DisplayName("the same key on another account is another thing")
    void keysBelongToAnAccount() {
        store(Samples.once("k", Samples.message(null)));
        var other = new Item.Once(new io.tributary.model.AccountId("pager-eu"), "k");

        assertThat(
                        store(
                                new Unit(
                                        List.of(
                                                new Item(
                                                        other,
                                                        List.of(),
                                                        List.of(Samples.message(null)))))))
                .isEqualTo(new Stored(2, 1));
    }

    @Test
    @DisplayName("what an item rests on is not tested when the item is known already")
    void duplicatesRestOnNothing() {
        ConversationId conversation = Samples.conversation(journal, "+1");
        store(Samples.webhook(conversation, "x"));
        store(new Change.CloseConversation(conversation, Samples.AT));

        assertThat(store(Samples.webhook(conversation, "x"))).isEqualTo(new Duplicate(1, 1));
        assertThat(append(Samples.webhook(conversation, "y")))
                .isEqualTo(new Commit.Stale(0, new Expect.ConversationOpen(conversation)));
    }

    @Test
    @DisplayName("a stale unit writes nothing, not even its good items")
    void staleWritesNothing() {
        var closed = new Expect.ConversationOpen(Samples.IDS.conversation());
        var stale =
                new Unit(
                        List.of(
                                Samples.once("good", Samples.message(null)).items().getFirst(),
                                new Item(null, List.of(closed), List.of(Samples.message(null)))));

        assertThat(append(stale)).isEqualTo(new Commit.Stale(1, closed));
        assertThat(journal.log().head()).isZero();
        assertThat(store(Samples.once("good", Samples.message(null)))).isEqualTo(new Stored(1, 1));
    }

    @Test
    @DisplayName("of many that open a conversation with one end only one may")
    void oneOpenConversationPerEnd() {
        List<CompletableFuture<Commit>> commits = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            var expected = new Expect.NoOpenConversation(Samples.ACCOUNT, Samples.LINE, "+1", null);
            commits.add(
                    journal.append(
                            Unit.of(
                                    List.of(expected),
                                    List.of(Samples.opening(Samples.IDS.conversation(), "+1")))));
        }

        assertThat(commits.stream().map(CompletableFuture::join))
                .filteredOn(commit -> commit instanceof Commit.Done)
                .hasSize(1);
        assertThat(journal.directory().open(Samples.ACCOUNT, Samples.LINE, "+1", null)).isPresent();
    }

    @Test
    @DisplayName("units that are handed in together come out as they do one by one")
    void togetherAsOneByOne() {
        List<ConversationId> conversations =
                Stream.generate(Samples.IDS::conversation).limit(12).toList();
        List<Unit> units = mixed(conversations, new Random(11));
        try (Journal other = other()) {
            List<Commit> oneByOne = units.stream().map(unit -> other.append(unit).join()).toList();
            List<Commit> together =
                    units.stream().map(journal::append).toList().stream()
                            .map(CompletableFuture::join)
                            .toList();

            assertThat(together).isEqualTo(oneByOne);
            assertThat(oneByOne).hasAtLeastOneElementOfType(Commit.Stale.class);
            assertThat(all(journal)).isEqualTo(all(other));
            for (ConversationId each : conversations) {
                assertThat(journal.conversations().byId(each))
                        .isEqualTo(other.conversations().byId(each));
            }
            for (Row row : all(other)) {
                assertThat(journal.log().raw(row.id())).isEqualTo(other.log().raw(row.id()));
                assertThat(journal.directory().references(row.id()))
                        .isEqualTo(other.directory().references(row.id()));
            }
        }
    }

    private static List<Row> all(Journal journal) {
        return journal.log().after(0, Filter.ALL, 10_000).rows();
    }

    /// Mostly messages into conversations that are open, and whatever else may come between them.
    private static List<Unit> mixed(List<ConversationId> conversations, Random random) {
        List<Unit> units = new ArrayList<>();
        for (ConversationId each : conversations) {
            units.add(Unit.of(Samples.opening(each, "+" + each)));
            units.add(Samples.webhook(each, "first of " + each));
        }
        for (int i = 0; i < 600; i++) {
            ConversationId into = conversations.get(random.nextInt(conversations.size()));
            units.add(
                    switch (random.nextInt(40)) {
                        case 0 -> Unit.of(new Change.CloseConversation(into, Samples.AT));
                        case 1 -> Unit.of(parked("id-" + (i + random.nextInt(9))));
                        case 2 -> again(units, random);
                        case 3 -> Samples.once("key " + i, Samples.message(into));
                        default -> message(into, "id-" + i, random);
                    });
        }
        return units;
    }

    /// One that came before and has a dedupe key.
    private static Unit again(List<Unit> units, Random random) {
        List<Unit> kept =
                units.stream().filter(unit -> unit.items().getFirst().once() != null).toList();
        return kept.get(random.nextInt(kept.size()));
    }

    private static Change parked(String externalId) {
        return new Change.Park(
                Samples.ACCOUNT, externalId, Samples.AT, Bytes.utf8("a receipt that came early"));
    }

    private static Unit message(ConversationId into, String id, Random random) {
        Change.Weight weight =
                Change.Weight.values()[random.nextInt(Change.Weight.values().length)];
        // clocks of providers go back as well
        Instant at = Samples.AT.plusSeconds(random.nextInt(100) - 50);
        Change.Append message = Samples.append(into, weight, at, id);
        List<Change> changes = new ArrayList<>(List.of(message));
        if (random.nextInt(4) > 0) {
            changes.add(random.nextInt(2), Samples.raw("raw " + id));
        }
        for (int n = random.nextInt(3); n > 0; n--) {
            // some of them are bound already, and stay so
            changes.add(Samples.reference("ref " + random.nextInt(300), message.id()));
        }
        List<Expect> expects = new ArrayList<>();
        expects.add(new Expect.ConversationOpen(into));
        expects.add(random.nextInt(2), new Expect.NothingParked(Samples.ACCOUNT, id));
        var once = random.nextInt(3) == 0 ? null : new Item.Once(Samples.ACCOUNT, id);
        return new Unit(List.of(new Item(once, expects, changes)));
    }

    @Test
    @DisplayName("a unit at fault is refused alone, whoever it was committed with")
    void oneAtFault() {
        List<CompletableFuture<Commit>> good = new ArrayList<>();
        List<CompletableFuture<Commit>> bad = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            good.add(journal.append(Samples.once("good-" + i, Samples.message(null))));
            bad.add(
                    journal.append(
                            Samples.once(
                                    "bad-" + i,
                                    Samples.message(null),
                                    Samples.message(Samples.IDS.conversation()))));
        }

        assertThat(good).allSatisfy(commit -> assertThat(commit.join()).isNotNull());
        assertThat(bad)
                .allSatisfy(commit ->
                        assertThatThrownBy(commit::join).hasCauseInstanceOf(UnitRefused.class));
        assertThat(journal.log().head()).isEqualTo(60);
        assertThat(journal.health().writable()).isTrue();
    }

    @Test
    @DisplayName("a unit that is too big is refused for good")
    void tooBig() {
        var huge =
                new Change.KeepRaw(
                        Samples.ACCOUNT,
                        Samples.CHANNEL,
                        "message",
                        java.util.Map.of(),
                        Bytes.wrap(new byte[20 * 1024 * 1024]),
                        Samples.AT,
                        false);

        assertThatThrownBy(() -> append(Unit.of(huge))).hasCauseInstanceOf(UnitRefused.class);
    }

    @Test
    @DisplayName(
            "listeners hear of each interaction once and in order, before its future completes")
    void listeners() throws Exception {
        List<Long> heard = Collections.synchronizedList(new ArrayList<>());
        AutoCloseable listening =
                journal.onCommit(rows -> {
                    heard.addAll(positions(rows));
                    throw new IllegalStateException("a listener's own trouble");
                });
        List<CompletableFuture<Boolean>> knew = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            knew.add(
                    journal.append(Samples.once("k" + i, Samples.message(null)))
                            .thenApply(commit ->
                                    heard.contains(((Stored) commit.need().getFirst()).first())));
        }

        assertThat(knew).allSatisfy(known -> assertThat(known.join()).isTrue());
        assertThat(heard)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 300).boxed().toList());

        listening.close();
        store(Samples.message(null));
        assertThat(heard).hasSize(300);
    }

    @Test
    @DisplayName("after closing, units are refused")
    void closed() {
        journal.close();

        assertThatThrownBy(() -> append(Samples.once("k", Samples.message(null))))
                .hasCauseInstanceOf(JournalUnavailable.class);
        journal.close();
    }

    @Test
    @DisplayName("what was handed in before closing is committed")
    void closingWaits() {
        List<CompletableFuture<Commit>> commits = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            commits.add(journal.append(Samples.once("k" + i, Samples.message(null))));
        }
        reopen();

        assertThat(commits).allSatisfy(commit -> assertThat(commit).isCompleted());
        assertThat(journal.log().head()).isEqualTo(1000);
    }

    @Test
    @DisplayName(
            "who is told of a commit is told the rows that the log then holds, to the last digit")
    void toldWhatIsKept() throws Exception {
        ConversationId conversation = Samples.conversation(journal, "+1");
        List<Row> told = new ArrayList<>();
        try (AutoCloseable _ = journal.onCommit(told::addAll)) {
            store(
                    Samples.append(
                            conversation,
                            Change.Weight.FROM_CUSTOMER,
                            Samples.AT.plusNanos(123_456_789),
                            "hello"));
        }

        assertThat(told).hasSize(1).isEqualTo(journal.log().after(0, Filter.ALL, 10).rows());
    }
}
