package io.tributary.host.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.MediaBytes;
import io.tributary.host.journal.MediaRecords;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.journal.TestServer;
import io.tributary.host.objects.Bucket;
import io.tributary.host.objects.StoreServer;
import io.tributary.model.AccountId;
import io.tributary.model.MediaId;
import io.tributary.model.TimeOrderedIds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("when the disk is short")
final class TrimmingIT {

    private static final AccountId ACCOUNT = AccountId.of("pager-us");
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir Path data;

    private final PostgresAddress database = TestServer.database();

    @AfterEach
    void drop() {
        TestServer.drop(database);
    }

    private Media media(Journal journal) throws IOException {
        var links =
                new Links(
                        new byte[32],
                        URI.create("https://pages.example.com"),
                        Duration.ofHours(1),
                        CLOCK);
        var limits = new MediaLimits(1000, 1000, Duration.ofSeconds(5), 3, 2);
        return new Media(
                journal,
                new Media.Where(data.resolve("media"), Optional.empty()),
                links,
                limits,
                TimeOrderedIds.system(),
                CLOCK);
    }

    private static MediaRecords.Media keep(Media media, String text, int hoursAgo)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MediaRecords.Media kept = media.keep(ACCOUNT, new ByteArrayInputStream(bytes), null, null);
        age(media, kept.id(), hoursAgo);
        return kept;
    }

    private static void age(Media media, MediaId id, int hoursAgo) throws IOException {
        Files.setLastModifiedTime(
                media.folder().path(id),
                FileTime.from(Instant.now().minus(Duration.ofHours(hoursAgo))));
    }

    private static boolean here(Media media, MediaId id) {
        return Files.exists(media.folder().path(id));
    }

    /// A disk with room for so many more files of media when none is there.
    private static Trimming.Disk disk(Media media, int places) {
        return new Trimming.Disk() {
            @Override
            public long free() throws IOException {
                long taken = 0;
                try (var files = Files.walk(media.folder().contents())) {
                    taken = files.filter(Files::isRegularFile).count();
                }
                return places - taken;
            }

            @Override
            public long floor() {
                return 1;
            }
        };
    }

    /// For two files, on a disk with so many places.
    private static void makeRoom(
            Journal journal, Optional<MediaBytes> shared, Media media, int places)
            throws IOException {
        new Trimming(journal, media.folder(), shared, disk(media, places), CLOCK).makeRoom(2);
    }

    @Test
    @DisplayName("the oldest files that the database has as well are let go, and come again")
    void oldest() throws IOException {
        try (Journal journal = TestServer.member(database, CLOCK)) {
            Media media = media(journal);
            var oldest = keep(media, "oldest", 9);
            var old = keep(media, "old", 5);
            var fresh = keep(media, "fresh", 0);
            MediaId unrecorded = TimeOrderedIds.system().media();
            media.folder().keep(unrecorded, new ByteArrayInputStream(new byte[] {1}), null, 10);
            age(media, unrecorded, 20);

            makeRoom(journal, journal.mediaBytes(), media, 6);
            assertThat(here(media, oldest.id())).isFalse();
            assertThat(here(media, old.id())).isTrue();

            makeRoom(journal, journal.mediaBytes(), media, 1);
            assertThat(here(media, old.id())).isFalse();
            assertThat(here(media, fresh.id())).isTrue();
            assertThat(here(media, unrecorded)).isTrue();
            assertThat(media.place().file(oldest)).hasContent("oldest");
            assertThat(media.place().file(old)).hasContent("old");
        }
    }

    @Test
    @DisplayName("bytes that two media have go with the last of them")
    void twice() throws IOException {
        try (Journal journal = TestServer.member(database, CLOCK)) {
            Media media = media(journal);
            var old = keep(media, "same", 0);
            var fresh = keep(media, "same", 0);
            media.folder().letGo(old.id(), String.valueOf(old.sha256()));
            assertThat(media.folder().path(fresh.id())).hasContent("same");
            assertThat(media.place().file(fresh)).hasContent("same");
            media.folder().letGo(fresh.id(), String.valueOf(fresh.sha256()));
            try (var left = Files.walk(media.folder().contents())) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("with room enough, or with files alone, everything stays")
    void stays() throws IOException {
        try (Journal journal = TestServer.member(database, CLOCK)) {
            Media media = media(journal);
            var old = keep(media, "old", 9);
            makeRoom(journal, journal.mediaBytes(), media, 100);
            assertThat(here(media, old.id())).isTrue();
        }
        try (Journal alone = SqliteJournal.open(data.resolve("alone"), JournalOptions.standard())) {
            Media media = media(alone);
            var old = keep(media, "only here", 9);
            makeRoom(alone, alone.mediaBytes(), media, 0);
            assertThat(media.place().file(old)).hasContent("only here");
        }
    }

    @Test
    @DisplayName("nothing goes while the bucket cannot say what it has, and what comes still may")
    void away() throws Exception {
        try (Journal alone = SqliteJournal.open(data.resolve("alone"), JournalOptions.standard());
                var store = new StoreServer();
                Bucket bucket = store.bucket()) {
            Media media = media(alone);
            var old = keep(media, "old", 9);
            Optional<MediaBytes> shared = Optional.of(new ObjectBytes(bucket, Optional.empty()));
            byte[] bytes = "old".getBytes(StandardCharsets.UTF_8);
            String sha256 = String.valueOf(old.sha256());
            shared.get()
                    .put(
                            new MediaBytes.Content(old.id(), sha256, bytes.length),
                            () -> new ByteArrayInputStream(bytes));

            store.awayWhile(() -> makeRoom(alone, shared, media, 0));
            assertThat(here(media, old.id())).isTrue();

            makeRoom(alone, Optional.of(new ObjectBytes(bucket, Optional.empty())), media, 0);
            assertThat(here(media, old.id())).isFalse();
        }
    }
}
