package io.tributary.host.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.MediaBytes;
import io.tributary.host.journal.MediaRecords;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.journal.TestServer;
import io.tributary.host.journal.Unit;
import io.tributary.host.objects.Bucket;
import io.tributary.host.objects.StoreServer;
import io.tributary.model.AccountId;
import io.tributary.model.MediaId;
import io.tributary.model.TimeOrderedIds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("media with a bucket")
final class MediaInBucketIT {

    private static final AccountId ACCOUNT = AccountId.of("pager-us");
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String PREFIX = "tributary/media/";

    @TempDir Path data = Path.of("");

    private static StoreServer server;
    private static Bucket bucket;

    @BeforeAll
    static void start() throws Exception {
        server = new StoreServer();
        bucket = server.bucket();
    }

    @AfterAll
    static void stop() throws Exception {
        bucket.close();
        server.close();
    }

    private Media media(Journal journal, String folder, Optional<MediaBytes> elsewhere)
            throws IOException {
        var links =
                new Links(
                        new byte[32],
                        URI.create("https://pages.example.com"),
                        Duration.ofHours(1),
                        CLOCK);
        var limits = new MediaLimits(1000, 1000, Duration.ofSeconds(5), 3, 2);
        return new Media(
                journal,
                new Media.Where(data.resolve(folder), elsewhere),
                links,
                limits,
                TimeOrderedIds.system(),
                CLOCK);
    }

    private static Optional<MediaBytes> in(Bucket bucket, Journal journal) {
        return Optional.of(new ObjectBytes(bucket, journal.mediaBytes()));
    }

    private static MediaRecords.Media keep(Media media, String text) throws IOException {
        return media.keep(
                ACCOUNT,
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                null,
                null);
    }

    private static String key(MediaRecords.Media media) {
        return ObjectBytes.key(media.id(), Objects.requireNonNull(media.sha256()));
    }

    @Test
    @DisplayName("lie there before they are recorded, and come back when the folder has lost them")
    void comesBack() throws Exception {
        try (Journal journal = SqliteJournal.open(data.resolve("log"), JournalOptions.standard())) {
            Media media = media(journal, "media", in(bucket, journal));
            var kept = keep(media, "a picture");

            assertThat(server.object(PREFIX + key(kept))).asString().isEqualTo("a picture");
            media.folder().letGo(kept.id(), Objects.requireNonNull(kept.sha256()));
            assertThat(media.place().file(kept)).hasContent("a picture");
            media.folder().letGo(kept.id(), Objects.requireNonNull(kept.sha256()));
            server.put(PREFIX + key(kept), "no picture".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> media.place().file(kept))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("damaged");
            assertThat(media.folder().path(kept.id())).doesNotExist();
            bucket.delete(key(kept));
            assertThatThrownBy(() -> media.place().file(kept))
                    .isInstanceOf(MediaPlace.Nowhere.class);
        }
    }

    @Test
    @DisplayName(
            "are not recorded while it is away, and what the folder has is served all the same")
    void away() throws Exception {
        try (Journal journal = SqliteJournal.open(data.resolve("log"), JournalOptions.standard());
                Bucket closed = server.bucket()) {
            var before = keep(media(journal, "media", Optional.empty()), "before");
            Media media = media(journal, "media", in(closed, journal));
            closed.close();

            assertThatThrownBy(() -> keep(media, "now")).isInstanceOf(IOException.class);
            assertThat(media.place().file(before)).hasContent("before");
            assertThatThrownBy(() -> in(closed, journal).orElseThrow().holds(content(before)))
                    .isInstanceOf(JournalUnavailable.class);
        }
    }

    @Test
    @DisplayName("objects that no record names go after a day, and nothing else does")
    void strays() throws Exception {
        try (Journal journal = SqliteJournal.open(data.resolve("log"), JournalOptions.standard())) {
            Media media = media(journal, "media", in(bucket, journal));
            var kept = keep(media, "kept");
            var other = keep(media, "other");
            MediaId pending = TimeOrderedIds.system().media();
            journal.append(
                            Unit.of(
                                    new Change.AddMedia(
                                            pending, ACCOUNT, null, null, CLOCK.instant())))
                    .join()
                    .need();
            byte[] bytes = {1};
            String stray = ObjectBytes.key(TimeOrderedIds.system().media(), "00");
            String second = ObjectBytes.key(kept.id(), "00");
            String fetched = ObjectBytes.key(pending, "00");
            for (String each : new String[] {stray, second, fetched, "notes.txt", "a/b"}) {
                server.put(PREFIX + each, bytes);
            }
            server.put("elsewhere/" + stray, bytes);

            assertThat(new StrayObjects(journal, bucket, CLOCK).clean()).isZero();
            Instant later = CLOCK.instant().plus(Duration.ofDays(2));
            assertThat(new StrayObjects(journal, bucket, () -> later).clean(2)).isEqualTo(2);

            assertThat(bucket.holds(stray, 1)).isFalse();
            assertThat(bucket.holds(second, 1)).isFalse();
            assertThat(bucket.holds(fetched, 1)).isTrue();
            assertThat(bucket.holds(key(kept), 4)).isTrue();
            assertThat(bucket.holds(key(other), 5)).isTrue();
            assertThat(bucket.holds("notes.txt", 1)).isTrue();
            assertThat(bucket.holds("a/b", 1)).isTrue();
            assertThat(server.object("elsewhere/" + stray)).isEqualTo(bytes);
            for (String each : new String[] {fetched, key(kept), key(other)}) {
                bucket.delete(each);
            }
        }
    }

    @Test
    @DisplayName("of members that share a log are had by each, and the database holds none of them")
    void members() throws Exception {
        PostgresAddress database = TestServer.database();
        try (Journal one = TestServer.member(database, CLOCK);
                Journal two = TestServer.member(database, CLOCK)) {
            var old = keep(media(one, "one", Optional.empty()), "in the database");
            var kept = keep(media(one, "one", in(bucket, one)), "in the bucket");
            Media there = media(two, "two", in(bucket, two));

            assertThat(there.place().file(kept)).hasContent("in the bucket");
            assertThat(there.place().file(old)).hasContent("in the database");
            assertThat(holds(two, kept)).isFalse();
            assertThat(holds(two, old)).isTrue();
            there.folder().letGo(old.id(), Objects.requireNonNull(old.sha256()));
            try (Bucket closed = server.bucket()) {
                closed.close();
                assertThat(media(two, "two", in(closed, two)).place().file(old))
                        .hasContent("in the database");
            }
            bucket.delete(key(kept));
        } finally {
            TestServer.drop(database);
        }
    }

    private static boolean holds(Journal journal, MediaRecords.Media media) {
        return journal.mediaBytes().orElseThrow().holds(content(media));
    }

    @Test
    @DisplayName("stay in it when the log is copied, and those of the folder are taken along")
    void copied() throws Exception {
        try (Journal journal = SqliteJournal.open(data.resolve("log"), JournalOptions.standard())) {
            var before = keep(media(journal, "media", Optional.empty()), "before");
            var kept = keep(media(journal, "media", in(bucket, journal)), "there");
            var files =
                    new FilesOfMember(
                            data.resolve("media"),
                            Optional.of(new ObjectBytes(bucket, Optional.empty())));

            assertThat(files.stays(content(kept))).isTrue();
            assertThat(files.stays(content(before))).isFalse();
            try (var bytes = files.open(content(before))) {
                assertThat(bytes.readAllBytes()).asString().isEqualTo("before");
            }
            bucket.delete(key(kept));
        }
    }

    private static MediaBytes.Content content(MediaRecords.Media media) {
        return new MediaBytes.Content(
                media.id(), Objects.requireNonNull(media.sha256()), media.bytes());
    }
}
