package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.ConversationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `version-6.zip` is a folder that the version before rows kept ways has written: 180 messages in
/// turn in four conversations with the addresses +0 to +3, killed after the last; the rows of
/// conversations tell of the first 120.
@DisplayName("the log of a version whose rows keep no ways")
final class WayMigrationTest {

    private static final int CONVERSATIONS = 4;

    @TempDir Path folder;

    private final List<ConversationId> conversations = new ArrayList<>();
    private final List<List<Long>> positions = new ArrayList<>();

    @BeforeEach
    void unpack() throws IOException {
        try (var packed = WayMigrationTest.class.getResourceAsStream("version-6.zip")) {
            assertThat(packed).isNotNull();
            var files = new ZipInputStream(packed);
            for (var file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
                Files.copy(files, folder.resolve(file.getName()));
            }
        }
        for (int i = 0; i < CONVERSATIONS; i++) {
            int first = i + 1;
            positions.add(
                    new ArrayList<>(
                            LongStream.range(0, 45)
                                    .map(each -> first + CONVERSATIONS * each)
                                    .boxed()
                                    .toList()));
        }
    }

    private Journal open() {
        return SqliteJournal.open(folder, JournalOptions.standard().at(new MovableClock()));
    }

    @Test
    @DisplayName("is looked at as it is, opens whole, and gets the ways of what is used")
    void goesOn() throws SQLException {
        assertThat(SqliteJournal.examine(folder)).isEmpty();
        try (Journal journal = open()) {
            find(journal);
            assertThat(journal.log().timeline()).isEqualTo(1);
            assertThat(journal.log().after(0, Filter.ALL, 999).rows()).hasSize(180);
            comparePages(journal);
            say(journal, 0);
            say(journal, 1);
            say(journal, 0);
            comparePages(journal);
        }
        assertThat(way(0)).hasToString(workedOut(0));
        assertThat(way(1)).hasToString(workedOut(1));
        assertThat(way(2)).isNull();
        assertThat(way(3)).isNull();
        assertThat(SqliteJournal.examine(folder)).isEmpty();

        try (Journal journal = open()) {
            comparePages(journal);
            for (int i = 0; i < CONVERSATIONS; i++) {
                say(journal, i);
            }
            comparePages(journal);
        }
        for (int i = 0; i < CONVERSATIONS; i++) {
            assertThat(way(i)).hasToString(workedOut(i));
        }
        assertThat(SqliteJournal.examine(folder)).isEmpty();
    }

    private void find(Journal journal) {
        for (int i = 0; i < CONVERSATIONS; i++) {
            conversations.add(
                    journal.directory()
                            .open(Samples.ACCOUNT, Samples.LINE, "+" + i, null)
                            .orElseThrow()
                            .id());
        }
    }

    private void say(Journal journal, int which) {
        Change.Append message = Samples.message(conversations.get(which));
        var stored =
                (Commit.Result.Stored) journal.append(Unit.of(message)).join().need().getFirst();
        positions.get(which).add(stored.first());
    }

    private void comparePages(Journal journal) {
        for (int i = 0; i < CONVERSATIONS; i++) {
            ConversationId id = conversations.get(i);
            List<Long> all = positions.get(i);
            assertThat(JournalContract.positions(journal.conversations().interactions(id, 0, 999)))
                    .isEqualTo(all);
            for (int end : new int[] {1, 20, 30, 31, 44}) {
                assertThat(
                                JournalContract.positions(
                                        journal.conversations()
                                                .interactionsBefore(id, all.get(end), 7)))
                        .isEqualTo(all.subList(Math.max(0, end - 7), end));
            }
        }
    }

    private @Nullable Skips way(int which) throws SQLException {
        try (var sql = new Sql(Dialect.SQLITE, Connections.reader(folder.resolve("journal.db")))) {
            return KeptConversation.byId(sql, conversations.get(which)).orElseThrow().way();
        }
    }

    /// From the beginning.
    private String workedOut(int which) {
        Skips way = Skips.NONE;
        for (long position : positions.get(which)) {
            way = way.with(position);
        }
        return way.toString();
    }
}
