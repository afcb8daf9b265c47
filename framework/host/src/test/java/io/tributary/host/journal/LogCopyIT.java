package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Bytes;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.model.MediaId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pilot's log grows into a cluster's.
final class LogCopyIT {

    private static final String ODD = "a\0b";

    @TempDir Path folder;

    private final MovableClock clock = new MovableClock();
    private final PostgresAddress database = TestServer.database();
    private final JournalOptions options = JournalOptions.standard().at(clock);
    private final Map<String, Long> copied = new HashMap<>();
    private final Map<MediaId, byte[]> files = new HashMap<>();

    @AfterEach
    void drop() {
        TestServer.drop(database);
    }

    private long copy() {
        return copyAll().interactions();
    }

    private LogCopy.Copied copyAll() {
        return LogCopy.copy(folder, database, options, _ -> this::open, copied::put);
    }

    private InputStream open(MediaBytes.Content content) throws IOException {
        byte[] file = files.get(content.media());
        if (file == null) {
            throw new NoSuchFileException("media " + content.media());
        }
        return new ByteArrayInputStream(file);
    }

    private PostgresJournal open() {
        return PostgresJournal.openMigrated(new PostgresConnections(database), options);
    }

    @Test
    @DisplayName("rows, conversations, keys, references and what waits are the same afterwards")
    void same() {
        List<Row> rows;
        Conversations.Conversation conversation;
        long identity;
        List<Outbox.Send> sends;
        ConversationId id;
        InteractionId reply;
        try (Journal file = SqliteJournal.open(folder, options)) {
            id = Samples.conversation(file, ODD);
            for (int i = 0; i < 700; i++) {
                file.append(Samples.webhook(id, "key " + i));
            }
            var answer = Samples.append(id, Change.Weight.FROM_US, Samples.AT, "yes");
            reply = answer.id();
            store(
                    file,
                    answer,
                    new Change.Enqueue(
                            "send",
                            reply,
                            id,
                            Samples.ACCOUNT,
                            1,
                            1,
                            Outbox.Priority.BULK,
                            Samples.AT.plus(Duration.ofDays(1))),
                    new Change.Park(Samples.ACCOUNT, ODD, Samples.AT, Bytes.utf8("{}")),
                    new Change.PutState(Samples.ACCOUNT, "cursor", Bytes.utf8("42"), null),
                    new Change.AddAudit("op", "did", "it", ODD, Samples.AT),
                    new Change.AddAudit("op", "did", "more", "", Samples.AT));
            rows = file.log().after(0, Filter.ALL, 2000).rows();
            conversation = file.conversations().byId(id).orElseThrow();
            identity = file.log().identity();
            sends = file.outbox().pending(Samples.ACCOUNT, 0, 10);
        }

        assertThat(copy()).isEqualTo(701);
        assertThat(copied).containsEntry("interaction", 701L).containsEntry("reference", 700L);

        try (PostgresJournal log = open()) {
            assertThat(log.log().after(0, Filter.ALL, 2000).rows()).isEqualTo(rows);
            assertThat(log.log().identity()).isEqualTo(identity);
            assertThat(log.conversations().byId(id)).contains(conversation);
            assertThat(log.outbox().pending(Samples.ACCOUNT, 0, 10)).isEqualTo(sends);
            assertThat(log.directory().parked(Samples.ACCOUNT, ODD)).hasSize(1);
            assertThat(log.pluginState().read(Samples.ACCOUNT, "cursor")).isPresent();
            assertThat(log.audit().firstBroken()).isZero();
            assertThat(log.log().raw(rows.getFirst().id())).isPresent();
            goesOn(log, id);
        }
    }

    /// A medium that is recorded with these bytes, and has them.
    private MediaBytes.Content medium(Journal file, byte[] bytes) {
        MediaBytes.Content content = Samples.content(Samples.IDS.media(), bytes);
        store(
                file,
                new Change.AddMedia(content.media(), Samples.ACCOUNT, ODD, null, Samples.AT),
                new Change.MediaKept(
                        content.media(), "image/png", content.bytes(), content.sha256()));
        files.put(content.media(), bytes);
        return content;
    }

    @Test
    @DisplayName("files of media come along, and what is wrong with one is said of it")
    void media() throws IOException {
        byte[] large = new byte[3 * MediaChunks.LENGTH + 1];
        new java.util.Random(1).nextBytes(large);
        MediaBytes.Content whole;
        MediaBytes.Content empty;
        MediaBytes.Content missing;
        MediaBytes.Content damaged;
        MediaBytes.Content cut;
        MediaId pending = Samples.IDS.media();
        try (Journal file = SqliteJournal.open(folder, options)) {
            whole = medium(file, large);
            empty = medium(file, new byte[0]);
            missing = medium(file, large);
            damaged = medium(file, large);
            cut = medium(file, large);
            store(file, new Change.AddMedia(pending, Samples.ACCOUNT, null, null, Samples.AT));
        }
        files.remove(missing.media());
        files.put(cut.media(), Arrays.copyOf(large, large.length - 1));
        byte[] other = large.clone();
        other[MediaChunks.LENGTH + 3] ^= 1;
        files.put(damaged.media(), other);

        assertThat(copyAll()).isEqualTo(new LogCopy.Copied(0, 2, 0, 3));

        try (PostgresJournal log = open()) {
            var into = new ByteArrayOutputStream();
            MediaBytes bytes = log.mediaBytes().orElseThrow();
            assertThat(bytes.read(whole, into)).isTrue();
            assertThat(into.toByteArray()).isEqualTo(large);
            assertThat(bytes.holds(empty)).isTrue();
            for (MediaBytes.Content lost : List.of(missing, damaged, cut)) {
                assertThat(bytes.holds(lost)).isFalse();
                MediaRecords.Media told = log.media().byId(lost.media()).orElseThrow();
                assertThat(told.state()).isEqualTo(MediaRecords.State.FAILED);
                assertThat(String.valueOf(told.reason())).contains("file-lost");
            }
            assertThat(log.media().byId(pending).orElseThrow().state())
                    .isEqualTo(MediaRecords.State.PENDING);
            log.clear();
            assertThat(bytes.holds(whole)).isTrue();
        }
    }

    private static void goesOn(Journal log, ConversationId id) {
        List<Commit.Result> results = new ArrayList<>();
        results.addAll(log.append(Samples.webhook(id, "key 3")).join().need());
        results.addAll(log.append(Samples.webhook(id, "key new")).join().need());
        assertThat(results)
                .containsExactly(
                        new Commit.Result.Duplicate(4, 1), new Commit.Result.Stored(702, 1));
        store(log, new Change.AddAudit("op", "did", "after", "", Samples.AT));
        store(log, new Change.Park(Samples.ACCOUNT, "other", Samples.AT, Bytes.utf8("{}")));
        assertThat(log.audit().firstBroken()).isZero();
    }

    private static void store(Journal journal, Change... changes) {
        var _ = journal.append(Unit.of(changes)).join().need();
    }

    @Test
    @DisplayName("a database that holds something is left alone")
    void used() {
        SqliteJournal.open(folder, options).close();
        try (PostgresJournal log = open()) {
            store(log, Samples.message(null));
        }
        assertThatThrownBy(this::copy)
                .isInstanceOf(JournalUnavailable.class)
                .hasMessageContaining("holds something already");
    }

    @Test
    @DisplayName("a member that would begin anew beside its old log is told to copy it")
    void forgotten() {
        try (Journal file = SqliteJournal.open(folder, options)) {
            store(file, Samples.message(null));
        }
        assertThatThrownBy(() -> PostgresJournal.open(database, folder, options))
                .isInstanceOf(JournalUnavailable.class)
                .hasMessageContaining("tributary copy");
        copy();
        try (PostgresJournal log = PostgresJournal.open(database, folder, options)) {
            assertThat(log.log().head()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("a pilot with settings and no messages yet can be copied and started")
    void settingsAlone() {
        try (Journal file = SqliteJournal.open(folder, options)) {
            store(
                    file,
                    new Change.PutAccount(
                            Samples.ACCOUNT,
                            Samples.CHANNEL,
                            "{}",
                            Bytes.utf8("sealed"),
                            true,
                            Samples.AT));
        }
        assertThat(copy()).isZero();
        try (PostgresJournal log = PostgresJournal.open(database, folder, options)) {
            assertThat(log.accounts().all()).hasSize(1);
        }
    }

    @Test
    @DisplayName("a member whose place another took does not go on with what it remembers")
    void takenOver(@TempDir Path other) throws java.io.IOException {
        try (Wire wire = Wire.to(database);
                PostgresJournal first =
                        PostgresJournal.open(wire.through(database), folder, options)) {
            first.nextEpoch();
            store(first, Samples.message(null));
            wire.cut();
            try (PostgresJournal second = PostgresJournal.open(database, other, options)) {
                second.nextEpoch();
                store(second, Samples.message(null));
            }
            wire.mend();
            assertThatThrownBy(() -> store(first, Samples.message(null)))
                    .hasCauseInstanceOf(JournalUnavailable.class);
            org.awaitility.Awaitility.await()
                    .until(() -> first.health().text().contains("start this one again"));
        }
    }

    @Test
    @DisplayName("a second member on one database is refused in words")
    void second(@TempDir Path other) {
        try (PostgresJournal first = PostgresJournal.open(database, folder, options)) {
            assertThat(first.health().writable()).isTrue();
            assertThatThrownBy(() -> PostgresJournal.open(database, other, options))
                    .isInstanceOf(JournalUnavailable.class)
                    .hasMessageContaining("another member uses this database");
        }
        PostgresJournal.open(database, other, options).close();
    }
}
