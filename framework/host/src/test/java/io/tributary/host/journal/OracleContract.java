package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random units, handed in so that they share commits, against a model that could not be simpler.
@DisplayName("the journal answers what lists and maps would")
abstract class OracleContract {

    private static final int ROUNDS = 60;

    /// For a seed that does not come to everything in so many.
    private static final int MOST_ROUNDS = 20 * ROUNDS;

    private static final Set<String> KINDS = Set.of("stored", "duplicate", "stale", "refused");
    private static final List<String> AGENTS = List.of("ann", "bo");
    private static final List<String> ADDRESSES = List.of("+1", "+2", "+3", "+4", "+5");

    @TempDir Path folder;

    final MovableClock clock = new MovableClock();
    private final OracleLog oracle = new OracleLog();
    private final List<ConversationId> conversations = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    /// Those behind the sixth are others in each run; a failure names its own. There is one, or as
    /// many as `oracle.seeds` says.
    static LongStream seeds() {
        return LongStream.concat(
                LongStream.rangeClosed(1, 6),
                new Random(System.nanoTime()).longs(Integer.getInteger("oracle.seeds", 1)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersAlike(long seed) {
        var random = new Random(seed);
        Journal journal = open(random);
        try {
            for (int round = 0;
                    round < ROUNDS || (!seen.containsAll(KINDS) && round < MOST_ROUNDS);
                    round++) {
                clock.move(java.time.Duration.ofSeconds(1));
                handIn(journal, random);
                if (random.nextInt(12) == 0) {
                    journal.close();
                    journal = open(random);
                }
                if (random.nextInt(15) == 0) {
                    var before = clock.instant().minusSeconds(random.nextInt(40));
                    assertThat(journal.dropBefore(before)).isEqualTo(oracle.dropBefore(before));
                }
                compare(journal);
            }
        } finally {
            journal.close();
        }
        ended();
        assertThat(seen).isEqualTo(KINDS);
    }

    /// Opens the journal under test, which is empty the first time.
    abstract Journal open(Random random);

    /// What is kept in memory is sometimes all, sometimes hardly anything: so that what is not
    /// there any more is found as well.
    JournalOptions options(Random random) {
        return JournalOptions.standard().at(clock).remembered(random.nextBoolean() ? 1_000 : 1);
    }

    /// The journal is closed for good.
    void ended() {}

    private record HandedIn(Unit unit, CompletableFuture<Commit> answer) {}

    /// Several units at once: whichever of them share a commit, they are taken in their order.
    private void handIn(Journal journal, Random random) {
        // in a list, since two units may well be equal
        List<HandedIn> answers = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(12); i++) {
            Unit unit = unit(random);
            lookUp(journal, random);
            answers.add(new HandedIn(unit, journal.append(unit)));
        }
        answers.forEach(handedIn -> {
            Unit unit = handedIn.unit;
            Commit expected = oracle.take(unit);
            note(expected);
            try {
                assertThat(handedIn.answer.join()).as(unit.toString()).isEqualTo(expected);
            } catch (CompletionException refused) {
                assertThat(refused).as(unit.toString()).hasCauseInstanceOf(UnitRefused.class);
                assertThat(expected).as(unit.toString()).isNull();
            }
        });
    }

    /// As whoever hands something in does, beside the commits: the writer may use what was read.
    private static void lookUp(Journal journal, Random random) {
        String address = ADDRESSES.get(random.nextInt(ADDRESSES.size()));
        var open = journal.directory().open(Samples.ACCOUNT, Samples.LINE, address, null);
        open.ifPresent(found -> assertThat(found.address()).isEqualTo(address));
    }

    /// So that a run that tries only half of it fails.
    private void note(@Nullable Commit answer) {
        switch (answer) {
            case null -> seen.add("refused");
            case Commit.Stale _ -> seen.add("stale");
            case Commit.Done done ->
                    done.results()
                            .forEach(result ->
                                    seen.add(
                                            result instanceof Commit.Result.Duplicate
                                                    ? "duplicate"
                                                    : "stored"));
        }
    }

    private Unit unit(Random random) {
        var items = new ArrayList<Item>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            var expects = new ArrayList<Expect>();
            var changes = new ArrayList<Change>();
            for (int j = 0; j <= random.nextInt(3); j++) {
                add(random, expects, changes);
            }
            if (random.nextInt(12) == 0) {
                expects.add(new Expect.FirstTime(Samples.ACCOUNT, key(random)));
            }
            Item.Once once =
                    random.nextInt(3) == 0 ? new Item.Once(Samples.ACCOUNT, key(random)) : null;
            items.add(new Item(once, expects, changes));
        }
        return new Unit(items);
    }

    private void add(Random random, List<Expect> expects, List<Change> changes) {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> say(random, expects, changes);
            case 4 -> begin(random, expects, changes);
            case 5 -> {
                ConversationId id = some(random);
                if (id != null) {
                    changes.add(new Change.CloseConversation(id, clock.instant()));
                }
            }
            case 6 -> {
                ConversationId id = some(random);
                String agent = AGENTS.get(random.nextInt(AGENTS.size()));
                if (id != null) {
                    expects.add(new Expect.ClaimFree(id, agent));
                    changes.add(
                            new Change.Claim(
                                    id,
                                    random.nextBoolean() ? agent : null,
                                    null,
                                    clock.instant()));
                }
            }
            case 7 ->
                    changes.add(
                            new Change.Park(
                                    Samples.ACCOUNT,
                                    externalId(random),
                                    clock.instant(),
                                    Bytes.utf8("{}")));
            default -> {
                String externalId = externalId(random);
                if (random.nextBoolean()) {
                    expects.add(new Expect.NothingParked(Samples.ACCOUNT, externalId));
                }
                if (random.nextBoolean()) {
                    expects.add(new Expect.ReferenceUnknown(Samples.ACCOUNT, externalId));
                }
                InteractionId id = say(random, expects, changes);
                changes.add(new Change.BindReference(Samples.ACCOUNT, externalId, id, 1));
            }
        }
    }

    private InteractionId say(Random random, List<Expect> expects, List<Change> changes) {
        ConversationId id = random.nextInt(8) == 0 ? null : some(random);
        if (id != null && random.nextBoolean()) {
            expects.add(new Expect.ConversationOpen(id));
        }
        if (id != null && random.nextInt(4) == 0) {
            long seen = Math.max(0, oracle.next - 1 - random.nextInt(20));
            expects.add(new Expect.NothingNewAfter(id, seen));
        }
        Change.Weight[] weights = Change.Weight.values();
        var message =
                Samples.append(
                        id,
                        weights[random.nextInt(weights.length)],
                        clock.instant(),
                        "number " + random.nextInt());
        changes.add(message);
        return message.id();
    }

    private void begin(Random random, List<Expect> expects, List<Change> changes) {
        ConversationId id = Samples.IDS.conversation();
        String address = ADDRESSES.get(random.nextInt(ADDRESSES.size()));
        if (random.nextInt(4) > 0) {
            expects.add(
                    new Expect.NoOpenConversation(Samples.ACCOUNT, Samples.LINE, address, null));
        }
        changes.add(Samples.opening(id, address));
        conversations.add(id);
    }

    /// One that was begun, or whose beginning was refused, or that is dropped already.
    private @Nullable ConversationId some(Random random) {
        return conversations.isEmpty()
                ? null
                : conversations.get(Math.max(0, conversations.size() - 1 - random.nextInt(8)));
    }

    private static String key(Random random) {
        return "key " + random.nextInt(12);
    }

    private static String externalId(Random random) {
        return "id " + random.nextInt(40);
    }

    private void compare(Journal journal) {
        assertThat(journal.log().head()).isEqualTo(oracle.next - 1);
        assertThat(journal.log().after(0, Filter.ALL, 10_000).rows())
                .extracting(Row::position, Row::id, Row::conversation)
                .containsExactlyElementsOf(
                        oracle.lines.stream()
                                .map(line ->
                                        org.assertj.core.groups.Tuple.tuple(
                                                line.position(), line.id(), line.conversation()))
                                .toList());
        for (ConversationId id : conversations) {
            OracleLog.Talk talk = oracle.talks.get(id);
            var found = journal.conversations().byId(id);
            assertThat(found.isPresent()).isEqualTo(talk != null);
            if (talk != null) {
                Conversations.Conversation is = found.orElseThrow();
                assertThat(is.closedAt() == null).isEqualTo(talk.open);
                assertThat(is.claimedBy()).isEqualTo(talk.holder);
                assertThat(is.lastPosition()).isEqualTo(talk.last);
                assertThat(is.contentPosition()).isEqualTo(talk.content);
                assertThat(journal.conversations().interactions(id, 0, 10_000))
                        .extracting(Row::position)
                        .containsExactlyElementsOf(
                                oracle.lines.stream()
                                        .filter(line -> id.equals(line.conversation()))
                                        .map(OracleLog.Line::position)
                                        .toList());
            }
        }
        for (int i = 0; i < 40; i++) {
            String externalId = "id " + i;
            var bound = oracle.references.get(externalId);
            assertThat(
                            journal.directory()
                                    .reference(Samples.ACCOUNT, externalId)
                                    .map(known ->
                                            new OracleLog.Bound(known.interaction(), known.part()))
                                    .orElse(null))
                    .as(externalId)
                    .isEqualTo(bound);
            assertThat(journal.directory().parked(Samples.ACCOUNT, externalId))
                    .hasSize((int) oracle.parked.stream().filter(externalId::equals).count());
        }
    }
}
