package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.ConversationId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a way that is wrong, and of one that leads through damaged interactions.
@DisplayName("a wrong way back through a conversation")
final class WayDamageTest {

    private static final JournalOptions OPTIONS =
            JournalOptions.standard().at(new MovableClock()).remembered(1);

    @TempDir Path folder;

    private ConversationId conversation = Samples.IDS.conversation();
    private ConversationId other = Samples.IDS.conversation();
    private long last;

    /// The conversation has the odd positions, the other one the even ones.
    @BeforeEach
    void write() {
        try (Journal journal = open()) {
            conversation = Samples.conversation(journal, "+1");
            other = Samples.conversation(journal, "+2");
            for (int i = 0; i < 50; i++) {
                store(journal, Samples.message(conversation));
                store(journal, Samples.message(other));
            }
            last = journal.conversations().byId(conversation).orElseThrow().lastPosition();
        }
        assertThat(last).isEqualTo(99);
        assertThat(SqliteJournal.examine(folder)).isEmpty();
    }

    private Journal open() {
        return SqliteJournal.open(folder, OPTIONS);
    }

    private static Commit.Result store(Journal journal, Change.Append message) {
        return journal.append(Unit.of(message)).join().need().getFirst();
    }

    private Sql sql() throws SQLException {
        return new Sql(Dialect.SQLITE, Connections.writer(folder.resolve("journal.db")));
    }

    private void update(String text, Object... values) throws SQLException {
        try (Sql sql = sql()) {
            assertThat(sql.update(text, values)).isOne();
        }
    }

    private void keep(byte[] way) throws SQLException {
        update("update conversation set way = ? where id = ?", way, conversation);
    }

    private Skips kept() throws SQLException {
        try (Sql sql = sql()) {
            Skips way = KeptConversation.byId(sql, conversation).orElseThrow().way();
            assertThat(way).isNotNull();
            return way;
        }
    }

    @Test
    @DisplayName("that would be believed is found by whoever looks, and the journal does not open")
    void believed() throws SQLException {
        Skips right = kept();
        long[] further = right.positions();
        further[1] -= 2;
        long[] shorter = Arrays.copyOf(right.positions(), right.positions().length - 1);
        long[] longer = Arrays.copyOf(right.positions(), right.positions().length + 1);
        for (Skips wrong :
                List.of(
                        new Skips(right.depth() + 1, right.positions()),
                        new Skips(right.depth(), further),
                        new Skips(right.depth(), shorter),
                        new Skips(right.depth(), longer))) {
            byte[] way = KeptWay.of(wrong, conversation);
            assertThat(way).isNotNull();
            keep(way);

            assertThat(SqliteJournal.examine(folder))
                    .singleElement()
                    .asString()
                    .contains("conversation " + conversation, "of 0 others", "lead");
            assertThatThrownBy(this::open)
                    .isInstanceOf(JournalUnavailable.class)
                    .hasMessageContaining("is damaged: the way back")
                    .hasMessageContaining("restore a backup");
        }
    }

    @Test
    @DisplayName("is found for a conversation that one of its interactions is asked for, as well")
    void sampled() throws SQLException {
        byte[] way = KeptWay.of(new Skips(7, new long[] {last}), conversation);
        assertThat(way).isNotNull();
        keep(way);
        try (Sql sql = sql()) {
            List<String> findings = new java.util.ArrayList<>();
            new KeptWays(sql).of(2).tell(findings);
            assertThat(findings).isEmpty();
            new KeptWays(sql).of(1).tell(findings);
            assertThat(findings).hasSize(1);
        }
    }

    @Test
    @DisplayName("whose bytes changed is told by doctor, walked meanwhile, and kept anew")
    void spoilt() throws SQLException {
        String right = kept().toString();
        byte[] way = KeptWay.of(kept(), conversation);
        assertThat(way).isNotNull();
        way[5] ^= 1;
        keep(way);

        assertThat(SqliteJournal.examine(folder))
                .singleElement()
                .asString()
                .contains("conversation " + conversation, "not what was written");
        try (Journal journal = open()) {
            store(journal, Samples.message(other));
            assertThat(store(journal, Samples.message(conversation)))
                    .isEqualTo(new Commit.Result.Stored(102, 1));
            assertThat(journal.conversations().interactions(conversation, 0, 99)).hasSize(51);
        }
        assertThat(SqliteJournal.examine(folder)).isEmpty();
        try (Sql sql = sql()) {
            assertThat(Way.walked(sql, conversation, last).skips()).hasToString(right);
        }
    }

    @Test
    @DisplayName("of which nothing or only the end is left after retention is no damage")
    void dropped() throws SQLException {
        try (Journal journal = open()) {
            var later = Samples.AT.plusSeconds(60);
            store(journal, Samples.append(other, Change.Weight.FROM_CUSTOMER, later, "later"));
            store(journal, Samples.append(other, Change.Weight.FROM_CUSTOMER, later, "later"));
            assertThat(journal.dropBefore(later)).isEqualTo(100);
        }
        assertThat(SqliteJournal.examine(folder)).isEmpty();
        try (Journal journal = open()) {
            assertThat(store(journal, Samples.message(conversation)))
                    .isEqualTo(new Commit.Result.Stored(103, 1));
            assertThat(journal.conversations().interactions(conversation, 0, 99)).hasSize(1);
            assertThat(journal.conversations().interactions(other, 0, 99)).hasSize(2);
        }
        assertThat(SqliteJournal.examine(folder)).isEmpty();
        keep(KeptWay.of(new Skips(3, new long[] {103, 99, 1}), conversation));
        assertThat(SqliteJournal.examine(folder)).hasSize(1);
    }

    /// What nobody looked at before: as in a large log, where the opening looks at some rows only.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update interaction set jump = jump - 2 where position = 99",
                "update interaction set previous = 2 where position = 99",
                "update interaction set depth = depth + 1 where position = 99",
                "update interaction set checksum = checksum + 1 where position = 99",
                "update interaction set body = x'00' where position = 99",
                "delete from interaction where position = 99",
                "update conversation set last_position = 100 where last_position = 99"
            })
    @DisplayName("is never made of interactions that are not what was written: nothing is appended")
    void walkedOverDamage(String damage) throws SQLException {
        try (Journal journal = open()) {
            update("update conversation set way = null where id = ?", conversation);
            update(damage);

            assertThatThrownBy(() -> store(journal, Samples.message(conversation)))
                    .hasCauseInstanceOf(JournalUnavailable.class)
                    .hasMessageContaining("damaged");
            assertThat(journal.health().writable()).isFalse();
            assertThat(journal.health().text()).contains("damaged", "restore a backup");
            assertThat(journal.log().head()).isEqualTo(100);
        }
    }

    @Test
    @DisplayName("cannot come of one that nobody has walked: it is refused where it is used")
    void unknown() {
        assertThat(Skips.UNKNOWN.known()).isFalse();
        assertThat(Skips.UNKNOWN.with(7)).isSameAs(Skips.UNKNOWN).hasToString("unknown");
        assertThat(KeptWay.of(Skips.UNKNOWN, conversation)).isNull();
        List<ThrowingCallable> uses =
                List.of(
                        Skips.UNKNOWN::depth,
                        Skips.UNKNOWN::previous,
                        Skips.UNKNOWN::jump,
                        Skips.UNKNOWN::positions,
                        () ->
                                new InteractionRow(Samples.message(conversation))
                                        .place(1, Skips.UNKNOWN));
        uses.forEach(use ->
                assertThatIllegalStateException().isThrownBy(use).withMessageContaining("walked"));
    }
}
