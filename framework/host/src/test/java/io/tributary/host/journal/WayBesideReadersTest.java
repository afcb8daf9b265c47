package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.ConversationId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Readers hand the writer rows that they read beside the commits, and memory holds hardly any
/// conversation: an old row would be written on as if nothing had come since.
@DisplayName("a conversation that is looked up while it is written")
final class WayBesideReadersTest {

    private static final int CONVERSATIONS = 6;
    private static final int COMMITS = 800;

    @TempDir Path folder;

    private final List<ConversationId> conversations = new ArrayList<>();
    private final Map<ConversationId, List<Long>> model = new HashMap<>();

    private Journal open() {
        return SqliteJournal.open(
                folder, JournalOptions.standard().at(new MovableClock()).remembered(1));
    }

    @Test
    @DisplayName("loses nothing, and goes on from where it was")
    void losesNothing() {
        try (Journal journal = open()) {
            for (int i = 0; i < CONVERSATIONS; i++) {
                conversations.add(Samples.conversation(journal, "+" + i));
                model.put(conversations.getLast(), new ArrayList<>());
            }
            write(journal);
            compare(journal);
        }
        assertThat(SqliteJournal.examine(folder)).isEmpty();
        try (Journal journal = open()) {
            compare(journal);
        }
    }

    /// Some at once, so that commits hold one or several; and while they run, others are looked up.
    private void write(Journal journal) {
        var random = new Random(2);
        for (int i = 0; i < COMMITS; i++) {
            Map<ConversationId, CompletableFuture<Commit>> handedIn = new HashMap<>();
            for (int j = random.nextInt(4); j >= 0; j--) {
                ConversationId id = conversations.get(random.nextInt(CONVERSATIONS));
                handedIn.computeIfAbsent(id, _ -> journal.append(Unit.of(Samples.message(id))));
            }
            for (int j = 0; j < CONVERSATIONS; j++) {
                String address = "+" + random.nextInt(CONVERSATIONS);
                assertThat(journal.directory().open(Samples.ACCOUNT, Samples.LINE, address, null))
                        .isPresent();
            }
            handedIn.forEach((id, commit) -> {
                var stored = (Commit.Result.Stored) commit.join().need().getFirst();
                model.getOrDefault(id, List.of()).add(stored.first());
            });
        }
    }

    private void compare(Journal journal) {
        for (ConversationId id : conversations) {
            assertThat(
                            JournalContract.positions(
                                    journal.conversations().interactions(id, 0, 9_999)))
                    .isEqualTo(model.get(id));
        }
    }
}
