package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.ConversationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The way back that a conversation's row keeps, beside one that is walked or worked out from the
/// beginning.
@DisplayName("the way back through a conversation")
final class WayTest {

    private static final int CONVERSATIONS = 5;
    private static final int RUNS = 6;

    @TempDir Path folder;

    private final Map<ConversationId, List<Long>> model = new HashMap<>();
    private final List<ConversationId> conversations = new ArrayList<>();
    private long oldest = 1;

    /// Those behind the fourth are others in each run; a failure names its own. There is one, or as
    /// many as `way.seeds` says.
    static LongStream seeds() {
        return LongStream.concat(
                LongStream.rangeClosed(1, 4),
                new Random(System.nanoTime()).longs(Integer.getInteger("way.seeds", 1)));
    }

    @BeforeEach
    void begin() {
        try (Journal journal = open(folder)) {
            for (int i = 0; i < CONVERSATIONS; i++) {
                ConversationId id = Samples.conversation(journal, "+" + i);
                conversations.add(id);
                model.put(id, new ArrayList<>());
            }
        }
    }

    private static Journal open(Path folder) {
        return SqliteJournal.open(folder, JournalOptions.standard().at(new MovableClock()));
    }

    /// Remembers all, or one of the conversations.
    private static Journal open(Path folder, Random random) {
        var options = JournalOptions.standard().at(new MovableClock());
        return SqliteJournal.open(folder, random.nextBoolean() ? options : options.remembered(1));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("is right after closings and crashes, whatever of it the rows keep")
    void afterReopening(long seed, @TempDir Path other) throws IOException, SQLException {
        var random = new Random(seed);
        Path here = folder;
        for (int run = 0; run < RUNS; run++) {
            Path next = other.resolve("run-" + run);
            boolean crash = random.nextBoolean();
            try (Journal journal = open(here, random)) {
                comparePages(journal, random);
                for (int i = random.nextInt(150); i > 0; i--) {
                    say(journal, random);
                }
                if (random.nextInt(3) == 0) {
                    drop(journal, random);
                }
                if (crash) {
                    copy(here, next);
                }
                comparePages(journal, random);
            }
            here = crash ? next : here;
            spoilSome(here, random, crash);
        }
        try (Journal journal = open(here)) {
            conversations.forEach(id -> say(journal, id, Samples.AT));
            comparePages(journal, random);
        }
        compareWays(here, false);
        assertThat(SqliteJournal.examine(here)).isEmpty();
    }

    private void say(Journal journal, Random random) {
        // most to the first, so that some are long
        int which = Math.min(random.nextInt(CONVERSATIONS), random.nextInt(CONVERSATIONS));
        say(journal, conversations.get(which), Samples.AT);
    }

    private void say(Journal journal, ConversationId id, Instant at) {
        Commit.Result.Stored stored =
                (Commit.Result.Stored)
                        journal.append(
                                        Unit.of(
                                                Samples.append(
                                                        id,
                                                        Change.Weight.FROM_CUSTOMER,
                                                        at,
                                                        "hello")))
                                .join()
                                .need()
                                .getFirst();
        known(id).add(stored.first());
    }

    private List<Long> known(ConversationId id) {
        return model.getOrDefault(id, List.of());
    }

    /// Some of the oldest go, as retention would have it: all are of one time, so one newer stops
    /// it.
    private void drop(Journal journal, Random random) {
        say(journal, conversations.getFirst(), Samples.AT.plusSeconds(60));
        if (random.nextBoolean()) {
            return;
        }
        journal.dropBefore(Samples.AT.plusSeconds(1));
        oldest = journal.log().oldest();
    }

    private void comparePages(Journal journal, Random random) {
        for (ConversationId id : conversations) {
            List<Long> kept = known(id).stream().filter(at -> at >= oldest).toList();
            assertThat(JournalContract.positions(journal.conversations().interactions(id, 0, 9999)))
                    .isEqualTo(kept);
            long at = random.nextLong(journal.log().head() + 2);
            int limit = 1 + random.nextInt(8);
            assertThat(
                            JournalContract.positions(
                                    journal.conversations().interactions(id, at, limit)))
                    .isEqualTo(kept.stream().filter(each -> each > at).limit(limit).toList());
            List<Long> before = kept.stream().filter(each -> each < at).toList();
            assertThat(
                            JournalContract.positions(
                                    journal.conversations().interactionsBefore(id, at, limit)))
                    .isEqualTo(before.subList(Math.max(0, before.size() - limit), before.size()));
        }
    }

    /// What the rows of an unused folder keep is nothing, or as it was worked out; and where
    /// nothing was spoiled or dropped, it is there.
    private void compareWays(Path at, boolean nothingIsMissing) throws SQLException {
        try (var sql = new Sql(Dialect.SQLITE, Connections.writer(at.resolve("journal.db")))) {
            for (ConversationId id : conversations) {
                KeptConversation row = KeptConversation.byId(sql, id).orElseThrow();
                long last = known(id).isEmpty() ? 0 : known(id).getLast();
                if (last >= oldest) {
                    // what was dropped before a crash could tell of its place is not known any more
                    assertThat(row.conversation().lastPosition()).isEqualTo(last);
                }
                if (oldest == 1) {
                    Skips from = Skips.NONE;
                    for (long position : known(id)) {
                        from = from.with(position);
                    }
                    Skips whole = from;
                    assertThat(Way.walked(sql, id, row.conversation().lastPosition()).skips())
                            .hasToString(whole.toString());
                    assertThat(row.way())
                            .satisfiesAnyOf(
                                    way -> assertThat(way).isNull(),
                                    way -> assertThat(way).hasToString(whole.toString()));
                }
                if (nothingIsMissing) {
                    assertThat(row.way()).isNotNull();
                }
            }
        }
    }

    /// Takes the ways out of some rows, puts older or foreign ones into some, and bytes into
    /// others.
    private void spoilSome(Path at, Random random, boolean crashed) throws SQLException {
        try (var sql = new Sql(Dialect.SQLITE, Connections.writer(at.resolve("journal.db")))) {
            for (ConversationId id : conversations) {
                byte @Nullable [] way =
                        switch (random.nextInt(6)) {
                            case 0 -> null;
                            case 1 -> KeptWay.of(Skips.NONE.with(1), id);
                            case 2 -> kept(sql, conversations.getLast());
                            case 3 -> spoilt(kept(sql, id), random);
                            default -> kept(sql, id);
                        };
                sql.update("update conversation set way = ? where id = ?", way, id);
            }
        }
        if (!crashed) {
            compareWays(at, false);
        }
    }

    private static byte @Nullable [] kept(Sql sql, ConversationId id) throws SQLException {
        return sql.first(
                        "select ifnull(way, x'00') from conversation where id = ?",
                        Columns::array,
                        id)
                .orElseThrow();
    }

    private static byte @Nullable [] spoilt(byte @Nullable [] way, Random random) {
        if (way != null) {
            way[random.nextInt(way.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return way;
    }

    /// As a crash would leave the folder; the journal has nothing to do meanwhile.
    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : List.of("journal.db", "journal.db-wal", "journal.session")) {
            Files.copy(from.resolve(name), to.resolve(name));
        }
    }

    @Test
    @DisplayName("goes on from the row after a crash, and is in every row after a closing")
    void caughtUp(@TempDir Path other) throws IOException, SQLException {
        var random = new Random(7);
        try (Journal journal = open(folder)) {
            for (int i = 0; i < 100; i++) {
                say(journal, random);
            }
        }
        compareWays(folder, true);
        Path crashed = other.resolve("crashed");
        try (Journal journal = open(folder)) {
            for (int i = 0; i < 100; i++) {
                say(journal, random);
            }
            copy(folder, crashed);
        }
        compareWays(folder, true);
        open(crashed).close();
        compareWays(crashed, true);
    }

    @Test
    @DisplayName("is kept in few bytes, and not believed when one is changed or it is another's")
    void bytes() {
        var random = new Random(9);
        ConversationId id = conversations.getFirst();
        Skips way = Skips.NONE;
        long last = 0;
        for (int i = 0; i < 2_000; i++) {
            last += 1 + random.nextInt(20_000);
            way = way.with(last);
            byte[] kept = KeptWay.of(way, id);
            assertThat(kept).isNotNull().hasSizeLessThan(80);
            assertThat(KeptWay.read(kept, id, last)).hasToString(way.toString());
            assertThat(KeptWay.read(kept, id, last + 1)).isNull();
            assertThat(KeptWay.read(kept, conversations.getLast(), last)).isNull();
            assertThat(KeptWay.read(spoilt(kept, random), id, last)).isNull();
        }
        assertThat(KeptWay.read(null, id, last)).isNull();
        assertThat(KeptWay.read(new byte[3], id, last)).isNull();
        assertThat(KeptWay.of(Skips.UNKNOWN.with(1), id)).isNull();
    }
}
