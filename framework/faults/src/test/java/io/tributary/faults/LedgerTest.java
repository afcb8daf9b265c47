package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTest {

    private static final Message FIRST = new Message(1, "+1", "one and more");
    private static final Message SECOND = new Message(2, "+2", "two");

    @TempDir Path folder;

    @Test
    @DisplayName("what a call wrote is in the file when it returns, and is read as it was")
    void written() throws IOException {
        Path file = folder.resolve("record");
        try (Ledger ledger = Ledger.create(file)) {
            ledger.sent(FIRST);
            ledger.sent(SECOND);
            ledger.again(SECOND);
            ledger.acknowledged(SECOND);

            History history = History.read(file);
            assertThat(history.sent()).containsExactly(FIRST, SECOND);
            assertThat(history.acknowledged()).containsExactly(2L);
            assertThat(history.attempts()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("many who write at the same time all find their lines")
    void together() throws Exception {
        Path file = folder.resolve("record");
        try (Ledger ledger = Ledger.create(file)) {
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Message message = new Message(i, "+" + i, "text " + i);
                writers.add(Thread.ofVirtual().start(() -> ledger.sent(message)));
            }
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(History.read(file).sent()).hasSize(20).doesNotHaveDuplicates();
        }
    }

    @Test
    @DisplayName("a record that exists is not written over, and a closed one takes nothing")
    void guarded() throws IOException {
        Path file = folder.resolve("record");
        Ledger ledger = Ledger.create(file);
        ledger.close();

        assertThatThrownBy(() -> ledger.sent(FIRST)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Ledger.create(file)).isInstanceOf(IOException.class);
        assertThat(Files.size(file)).isZero();
    }
}
