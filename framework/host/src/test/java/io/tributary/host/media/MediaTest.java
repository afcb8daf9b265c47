package io.tributary.host.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.MediaRecords;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.model.AccountId;
import io.tributary.model.MediaId;
import io.tributary.model.TimeOrderedIds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MediaTest {

    private static final AccountId ACCOUNT = AccountId.of("pager-us");
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir Path folder;
    private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final InstantSource clock = () -> now;
    private SqliteJournal journal;
    private Media media;

    @BeforeEach
    void open() throws IOException {
        journal = SqliteJournal.open(folder, JournalOptions.standard().at(clock));
        var links =
                new Links(new byte[32], URI.create("https://pages.example.com:8081"), HOUR, clock);
        var limits = new MediaLimits(1000, 1000, Duration.ofSeconds(5), 3, 2);
        media =
                new Media(
                        journal,
                        new Media.Where(folder.resolve("media"), Optional.empty()),
                        links,
                        limits,
                        TimeOrderedIds.system(),
                        clock);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void keepsBytesOnceAndTellsWhatTheyAre() throws Exception {
        var one = keep(Samples.PNG, "a.png", "image/png");
        var other = keep(Samples.PNG, "b.png", null);

        assertThat(one.type()).isEqualTo("image/png");
        assertThat(other.type()).isEqualTo("image/png");
        assertThat(one.sha256()).isEqualTo(other.sha256()).hasSize(64);
        assertThat(media.find(one.id()).orElseThrow().state()).isEqualTo(MediaRecords.State.STORED);
        try (InputStream in = media.store(ACCOUNT).open(other.id())) {
            assertThat(in.readAllBytes()).isEqualTo(Samples.PNG);
        }
        assertThat(files("media/by-content")).hasSize(1);
    }

    @Test
    void keepsNothingOfWhatIsTooLong() throws Exception {
        assertThatThrownBy(() -> keep(new byte[1001], null, null)).isInstanceOf(TooLong.class);

        assertThat(files("media")).isEmpty();
    }

    @Test
    void keepsNothingOfAStreamThatBreaks() {
        var broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("cut");
                    }
                };

        assertThatThrownBy(() -> media.keep(ACCOUNT, broken, null, null))
                .isInstanceOf(IOException.class);
        assertThat(files("media")).isEmpty();
    }

    @Test
    void onePluginsMediaAreNotAnothers() throws Exception {
        var kept = keep(Samples.PNG, null, null);

        assertThatThrownBy(() -> media.store(AccountId.of("other")).open(kept.id()))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "png, image/png, image/png, inline",
        "png, text/html, image/png, inline",
        "html, image/png, text/html, attachment",
        "html, , text/html, attachment",
        "svg, image/png, image/svg+xml, attachment",
        "wav, audio/wav, audio/wav, inline",
        "wav, audio/x-wav, audio/x-wav, inline",
        "wav, audio/mpeg, audio/vnd.wave, inline",
        "wav, text/html, audio/vnd.wave, inline",
        "noise, audio/amr, audio/amr, inline",
        "noise, text/html, application/octet-stream, attachment",
        "noise, nonsense, application/octet-stream, attachment",
        "noise, image/png; charset=x, image/png, inline"
    })
    void onlyWhatCannotRunIsShown(String sample, @Nullable String declared, String type, String how)
            throws Exception {
        byte[] bytes =
                switch (sample) {
                    case "png" -> Samples.PNG;
                    case "html" -> Samples.HTML;
                    case "svg" -> Samples.SVG;
                    case "wav" -> Samples.WAV;
                    default -> Samples.NOISE;
                };
        var kept = keep(bytes, "x\"\r\n.png", declared);

        assertThat(kept.type()).isEqualTo(type);
        Served served = media.serve(token(kept.id())).orElseThrow();
        assertThat(served.headers())
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Content-Security-Policy", "sandbox; default-src 'none'")
                .containsEntry("Content-Disposition", how + "; filename*=UTF-8''x%22%0D%0A.png");
        assertThat(served.type())
                .isEqualTo(how.equals("inline") ? type : "application/octet-stream");
        assertThat(served.file()).hasBinaryContent(bytes);
    }

    @Test
    void aLinkEndsAndCannotBeMade() throws Exception {
        var kept = keep(Samples.PNG, null, null);
        String token = token(kept.id());
        assertThat(media.serve(token)).isPresent();

        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'a' ? 'b' : 'a';
            String forged = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(media.serve(forged)).isEmpty();
        }
        for (String junk :
                List.of("", ".", "..", "../../etc/passwd", token + "x", kept.id() + "")) {
            assertThat(media.serve(junk)).isEmpty();
        }
        now = now.plus(HOUR).plusSeconds(1);
        assertThat(media.serve(token)).isEmpty();
    }

    @Test
    void noLinkLastsLongerThanAllowed() throws Exception {
        var kept = keep(Samples.PNG, null, null);
        String link = media.link(kept.id(), Duration.ofDays(365)).getPath();
        now = now.plus(HOUR).plusSeconds(1);

        assertThat(media.serve(link.substring("/media/".length()))).isEmpty();
    }

    @Test
    void orphansGoAndWhatIsReferredToStays() throws Exception {
        var kept = keep(Samples.PNG, null, null);
        Path half = Files.write(folder.resolve("media/arriving/half"), Samples.NOISE);
        MediaId nobody = TimeOrderedIds.system().media();
        media.folder().keep(nobody, new ByteArrayInputStream(Samples.NOISE), null, 100);
        Path fresh = Files.write(folder.resolve("media/arriving/fresh"), Samples.NOISE);
        for (Path file : files("media")) {
            if (!file.equals(fresh)) {
                Files.setLastModifiedTime(file, FileTime.from(now.minus(Duration.ofDays(2))));
            }
        }
        Files.setLastModifiedTime(fresh, FileTime.from(now));

        assertThat(new Orphans(journal, media, clock).clean()).isEqualTo(3);

        assertThat(half).doesNotExist();
        assertThat(fresh).exists();
        assertThat(media.folder().path(nobody)).doesNotExist();
        assertThat(media.serve(token(kept.id()))).isPresent();
        assertThat(files("media/by-content")).hasSize(1);
    }

    private MediaRecords.Media keep(byte[] bytes, @Nullable String name, @Nullable String type)
            throws IOException {
        return media.keep(ACCOUNT, new ByteArrayInputStream(bytes), name, type);
    }

    private String token(MediaId id) {
        return media.link(id, HOUR).getPath().substring("/media/".length());
    }

    private List<Path> files(String under) {
        try (var all = Files.walk(folder.resolve(under))) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
