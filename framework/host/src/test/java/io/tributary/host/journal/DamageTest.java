package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.ConversationId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Changes the file behind the journal's back.
final class DamageTest {

    private static final JournalOptions OPTIONS = JournalOptions.standard().sortedAtOnce(50);

    @TempDir Path folder;
    private final List<Row> written = new ArrayList<>();
    private ConversationId conversation = Samples.IDS.conversation();

    @BeforeEach
    void write() {
        try (Journal journal = SqliteJournal.open(folder, OPTIONS)) {
            conversation = Samples.conversation(journal, "+1");
            for (int i = 0; i < 400; i++) {
                journal.append(Samples.webhook(conversation, "key-" + i)).join();
            }
            written.addAll(journal.log().after(0, Filter.ALL, 1000).rows());
        }
        assertThat(written).hasSize(400);
    }

    @Test
    @DisplayName("of a file with one changed byte nothing wrong is ever served")
    void oneByte() throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        Path file = folder.resolve("journal.db");
        Path good = folder.resolve("good");
        Files.copy(file, good);
        Files.copy(folder.resolve("journal.session"), folder.resolve("good-session"));
        int found = 0;
        for (int i = 0; i < 60; i++) {
            long at = random.nextLong(Files.size(file));
            flip(file, at);
            if (!servedRight(seed, at)) {
                found++;
            }
            Files.copy(good, file, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(
                    folder.resolve("good-session"),
                    folder.resolve("journal.session"),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(folder.resolve("journal.db-wal"));
            Files.deleteIfExists(folder.resolve("journal.db-shm"));
        }
        assertThat(found).as("at least some bytes of a file matter").isPositive();
    }

    @Test
    @DisplayName("a changed byte in what describes the tables is called damage")
    void definitions() throws IOException {
        Path file = folder.resolve("journal.db");
        byte[] good = Files.readAllBytes(file);
        byte[] session = Files.readAllBytes(folder.resolve("journal.session"));
        int step = Integer.getInteger("damage.step", 397);
        for (int at = 0; at < Connections.PAGE * 8; at += step) {
            flip(file, at);
            servedRight(0, at);
            Files.write(file, good);
            Files.write(folder.resolve("journal.session"), session);
            Files.deleteIfExists(folder.resolve("journal.db-wal"));
            Files.deleteIfExists(folder.resolve("journal.db-shm"));
        }
    }

    @Test
    @DisplayName("a stretch that is lost, wherever it lies, is called damage, with what to do")
    void aStretch() throws IOException {
        Path file = folder.resolve("journal.db");
        byte[] good = Files.readAllBytes(file);
        for (int at = 4_096; at < good.length - 32_768; at += 29_003) {
            byte[] bad = good.clone();
            Arrays.fill(bad, at, at + 32_768, (byte) 0);
            Files.write(file, bad);
            Files.deleteIfExists(folder.resolve("journal.db-wal"));
            Files.deleteIfExists(folder.resolve("journal.db-shm"));

            assertThatThrownBy(() -> SqliteJournal.open(folder, OPTIONS))
                    .as("from byte %d on", at)
                    .isInstanceOf(JournalUnavailable.class)
                    .hasMessageContaining("damaged")
                    .hasMessageContaining("restore a backup");
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int was = bytes.read();
            bytes.seek(at);
            bytes.write(was ^ 0x10);
        }
    }

    /// Either everything is as it was written, or somebody says what is wrong.
    private boolean servedRight(long seed, long at) {
        try (Journal journal = SqliteJournal.open(folder, OPTIONS)) {
            assertThat(journal.log().after(0, Filter.ALL, 1000).rows())
                    .as("seed %d, byte %d", seed, at)
                    .isEqualTo(written);
            assertThat(journal.conversations().interactions(conversation, 0, 1000))
                    .as("seed %d, byte %d", seed, at)
                    .isEqualTo(written);
            for (int i = 0; i < 400; i++) {
                Row row = written.get(i);
                assertThat(journal.log().raw(row.id()).orElseThrow().body().utf8())
                        .as("seed %d, byte %d", seed, at)
                        .isEqualTo("raw key-" + i);
            }
            return true;
        } catch (JournalUnavailable refused) {
            assertThat(refused).hasMessageContaining("damaged");
            return false;
        }
    }

    @Test
    @DisplayName("a byte that changes while the journal is open is found by the reading")
    void changedWhileOpen() throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve("journal.db"));
        try (Journal journal = SqliteJournal.open(folder, OPTIONS)) {
            Row row = written.get(200);
            byte[] event = "raw key-200".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            flip(folder.resolve("journal.db"), indexOf(bytes, event));

            assertThatThrownBy(() -> journal.log().raw(row.id()))
                    .isInstanceOf(JournalUnavailable.class)
                    .hasMessageContaining("the raw event 201");
            assertThat(journal.health().text()).contains("damaged", "restore a backup");
            assertThat(journal.log().at(1)).contains(written.getFirst());
        }
    }

    private static int indexOf(byte[] all, byte[] part) {
        for (int i = 0; i <= all.length - part.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("it is not in the file");
    }

    @Test
    @DisplayName("a cut-off write-ahead log costs nothing that is older, and is no damage")
    void tornLog(@TempDir Path other) throws Exception {
        Process process = Child.start(AppendingProgram.class, other.toString(), "1");
        try (var lines = process.inputReader()) {
            int told = 0;
            while (told < 500 && lines.readLine() != null) {
                told++;
            }
            process.toHandle().destroyForcibly();
        }
        process.waitFor();
        Path log = other.resolve("journal.db-wal");
        long size = Files.size(log);
        try (var bytes = new RandomAccessFile(log.toFile(), "rw")) {
            bytes.setLength(size - 5_000);
        }
        try (Journal journal = SqliteJournal.open(other, OPTIONS)) {
            assertThat(journal.log().after(0, Filter.ALL, 9).rows()).isNotEmpty();
        }
        assertThat(SqliteJournal.examine(other)).isEmpty();
    }
}
