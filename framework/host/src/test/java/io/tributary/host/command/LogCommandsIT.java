package io.tributary.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.MediaBytes;
import io.tributary.host.journal.MediaRecords;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.journal.TestServer;
import io.tributary.host.media.Links;
import io.tributary.host.media.Media;
import io.tributary.host.media.MediaLimits;
import io.tributary.host.objects.BucketAddress;
import io.tributary.host.objects.StoreServer;
import io.tributary.model.AccountId;
import io.tributary.model.MediaId;
import io.tributary.model.TimeOrderedIds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that work on a log's database.
final class LogCommandsIT {

    @TempDir Path folder;

    private final PostgresAddress database = TestServer.database();

    @AfterEach
    void drop() {
        TestServer.drop(database);
    }

    private Path config(String url) throws IOException {
        return Files.writeString(
                folder.resolve("tributary.yaml"),
                """
                http: {port: 0}
                log:
                  database: {url: "%s", user: %s, password: kept-to-itself}
                """
                        .formatted(url, database.user()));
    }

    private Said run(String command, String url) throws IOException {
        return Said.by(
                command,
                "--config",
                config(url).toString(),
                "--data",
                folder.resolve("data").toString());
    }

    /// As a member does it.
    private static MediaId keep(Path data, String text) throws IOException {
        try (Journal journal = SqliteJournal.open(data, JournalOptions.standard())) {
            var links =
                    new Links(
                            new byte[32],
                            URI.create("https://pages.example.com"),
                            Duration.ofHours(1),
                            journal.clock());
            return new Media(
                            journal,
                            new Media.Where(data.resolve("media"), Optional.empty()),
                            links,
                            MediaLimits.USUAL,
                            TimeOrderedIds.system(),
                            journal.clock())
                    .keep(
                            AccountId.of("shop"),
                            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                            null,
                            null)
                    .id();
        }
    }

    @Test
    @DisplayName("tributary copy tells what it brought, and refuses a second time")
    void copy() throws Exception {
        try (Member member = Member.start(folder)) {
            member.connect("shop");
        }
        Path data = folder.resolve("data");
        assertThat(data).exists();
        MediaId kept = keep(data, "a file");
        MediaId lost = keep(data, "a file that gets lost");
        try (var files = Files.walk(data.resolve("media"))) {
            for (Path file : files.filter(each -> each.endsWith(lost.toString())).toList()) {
                Files.delete(file);
            }
        }
        Said said = run("copy", database.url());
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isEqualTo(Exit.OK);
        assertThat(said.out())
                .contains("account")
                .contains("Complete: ", "1 files of media", "1 media have no file");
        try (Journal there = TestServer.member(database, InstantSource.system())) {
            MediaRecords.Media media = there.media().byId(kept).orElseThrow();
            var content =
                    new MediaBytes.Content(kept, String.valueOf(media.sha256()), media.bytes());
            var into = new ByteArrayOutputStream();
            assertThat(there.mediaBytes().orElseThrow().read(content, into)).isTrue();
            assertThat(into).hasToString("a file");
            assertThat(there.media().byId(lost).orElseThrow().state())
                    .isEqualTo(MediaRecords.State.FAILED);
        }

        Said again = run("copy", database.url());
        assertThat(again.exit()).isEqualTo(Exit.UNAVAILABLE);
        assertThat(again.err()).contains("holds something already");
    }

    @Test
    @DisplayName("tributary copy stops at a bucket that is not there, before anything is lost")
    void mistyped() throws Exception {
        Path data = folder.resolve("data");
        try (var store = new StoreServer()) {
            MediaId kept = keep(data, "a file");
            Path config = config(database.url());
            Files.writeString(config, s3(store.address(), "mistyped"), StandardOpenOption.APPEND);
            Said said = Said.by("copy", "--config", config.toString(), "--data", data.toString());
            assertThat(said.exit()).isEqualTo(Exit.UNAVAILABLE);
            assertThat(said.err()).contains("404 NoSuchBucket").doesNotContain("s3cr3t");

            config = config(database.url());
            Files.writeString(
                    config, s3(store.address(), StoreServer.BUCKET), StandardOpenOption.APPEND);
            said = Said.by("copy", "--config", config.toString(), "--data", data.toString());
            assertThat(said.err()).isEmpty();
            assertThat(said.exit()).isEqualTo(Exit.OK);
            assertThat(said.out()).contains("the same place in the bucket: start no member on it");
            try (Journal there = TestServer.member(database, InstantSource.system())) {
                assertThat(there.media().byId(kept).orElseThrow().state())
                        .isEqualTo(MediaRecords.State.STORED);
            }
        }
    }

    @Test
    @DisplayName("tributary copy needs no key that may write, and none for the rest of the bucket")
    void toBeRead() throws Exception {
        Path data = folder.resolve("data");
        try (var store = StoreServer.toBeRead()) {
            MediaId kept = keep(data, "a file");
            Path config = config(database.url());
            Files.writeString(
                    config, s3(store.address(), StoreServer.BUCKET), StandardOpenOption.APPEND);
            Said said = Said.by("copy", "--config", config.toString(), "--data", data.toString());
            assertThat(said.err()).isEmpty();
            assertThat(said.exit()).isEqualTo(Exit.OK);
            try (Journal there = TestServer.member(database, InstantSource.system())) {
                assertThat(there.media().byId(kept).orElseThrow().state())
                        .isEqualTo(MediaRecords.State.STORED);
            }
        }
    }

    private static String s3(BucketAddress address, String bucket) {
        return """
        media:
          s3:
            endpoint: "%s"
            bucket: "%s"
            prefix: "%s"
            access-key: "%s"
            secret-key: "%s"
        """
                .formatted(
                        address.endpoint(),
                        bucket,
                        address.prefix(),
                        address.credentials().id(),
                        address.credentials().secret());
    }

    @Test
    @DisplayName(
            "tributary migrate says that the tables are there, doctor that the server can be trusted")
    void migrate() throws Exception {
        assertThat(run("migrate", database.url()).out()).contains("of this version");
        Said doctor = run("doctor", database.url());
        assertThat(doctor.out()).contains("ok   log: kept by ").doesNotContain("kept-to-itself");
    }

    @Test
    @DisplayName("a server that is not there is told in words, without the password")
    void nobody() throws Exception {
        String nobody = "jdbc:postgresql://localhost:1/tributary?ssl=false";
        Said said = run("migrate", nobody);
        assertThat(said.exit()).isEqualTo(Exit.UNAVAILABLE);
        assertThat(said.err())
                .contains("the database at jdbc:postgresql://localhost:1/tributary cannot be used")
                .doesNotContain("kept-to-itself")
                .doesNotContain("ssl=false");
        assertThat(run("doctor", nobody).out()).contains("BAD  log");
    }

    @Test
    @DisplayName("without a database in the file both say where one is named")
    void unnamed() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.yaml"), "http: {port: 0}\n");
        Said said = Said.by("copy", "--config", empty.toString());
        assertThat(said.exit()).isEqualTo(Exit.CONFIGURATION);
        assertThat(said.err()).contains("TRIBUTARY_LOG_DATABASE_URL");
    }
}
