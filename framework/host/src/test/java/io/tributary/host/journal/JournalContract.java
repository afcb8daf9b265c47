package io.tributary.host.journal;

import io.tributary.model.ConversationId;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What every journal must do; each part is a subclass, each database a subclass of those.
abstract class JournalContract {

    @TempDir Path folder;

    final MovableClock clock = new MovableClock();
    Journal journal;

    private final Opening opening;

    @SuppressWarnings("NullAway.Init") // opened before each test
    JournalContract(Opening opening) {
        this.opening = opening;
    }

    /// Opens a journal of the kind under test.
    @FunctionalInterface
    interface Opening {
        Journal open(Path folder, InstantSource clock);
    }

    @BeforeEach
    void open() {
        journal = opening.open(folder, clock);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    void reopen() {
        journal.close();
        journal = opening.open(folder, clock);
    }

    /// Another journal, empty.
    Journal other() {
        return opening.open(folder.resolve("other"), clock);
    }

    Commit append(Unit unit) {
        return journal.append(unit).join();
    }

    Commit.Result store(Unit unit) {
        return append(unit).need().getFirst();
    }

    Commit.Result store(Change... changes) {
        return store(Unit.of(changes));
    }

    /// Some messages in a conversation.
    void talk(ConversationId conversation, int messages) {
        for (int i = 0; i < messages; i++) {
            store(
                    Samples.append(
                            conversation, Change.Weight.FROM_CUSTOMER, Samples.AT, "message " + i));
        }
    }

    static List<Long> positions(List<Row> rows) {
        return rows.stream().map(Row::position).toList();
    }
}
