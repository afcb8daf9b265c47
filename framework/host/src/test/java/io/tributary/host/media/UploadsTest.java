package io.tributary.host.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.MediaRecords;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.TimeOrderedIds;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a device's file")
final class UploadsTest {

    private static final AccountId ACCOUNT = AccountId.of("pager-us");
    private static final URI PAGES = URI.create("https://pages.example.com:8081");
    private static final Bytes PNG = Bytes.wrap(Samples.PNG);

    @TempDir Path folder;
    private final InstantSource clock = InstantSource.system();
    private volatile boolean refuses;
    private SqliteJournal journal;
    private Media media;
    private Uploads uploads;

    @BeforeEach
    void open() throws IOException {
        journal = SqliteJournal.open(folder, JournalOptions.standard());
        var limits = new MediaLimits(1000, 1000, Duration.ofSeconds(5), 3, 2);
        var ids = TimeOrderedIds.system();
        var links = new Links(new byte[32], PAGES, Duration.ofHours(1), clock);
        media =
                new Media(
                        journal,
                        new Media.Where(folder.resolve("media"), Optional.empty()),
                        links,
                        limits,
                        ids,
                        clock);
        uploads = new Uploads(moody(journal), media, new byte[32], PAGES, limits, ids, clock);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    /// The journal, which takes nothing while the test says so.
    private Journal moody(Journal real) {
        return (Journal)
                Proxy.newProxyInstance(
                        Journal.class.getClassLoader(),
                        new Class<?>[] {Journal.class},
                        (_, method, arguments) -> {
                            if (refuses && method.getName().equals("append")) {
                                return CompletableFuture.failedFuture(
                                        new JournalUnavailable("made so by the test"));
                            }
                            try {
                                return method.invoke(real, arguments);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        });
    }

    @Test
    @DisplayName("that could not be recorded can be put again with the same ticket, once")
    void again() throws IOException {
        var ticket = uploads.permit(ACCOUNT, "a.png", "image/png", 1_000).ticket();
        refuses = true;
        assertThatThrownBy(() -> uploads.keep(ticket, PNG)).isInstanceOf(IOException.class);
        assertThat(media.find(ticket.media())).isEmpty();
        refuses = false;

        assertThat(uploads.keep(ticket, PNG)).isEmpty();
        assertThat(media.find(ticket.media()).orElseThrow().state())
                .isEqualTo(MediaRecords.State.STORED);
        assertThat(media.folder().path(ticket.media())).hasBinaryContent(Samples.PNG);
        assertThat(uploads.keep(ticket, PNG)).contains(Uploads.Refusal.USED);
        assertThat(media.folder().path(ticket.media())).hasBinaryContent(Samples.PNG);
    }

    @Test
    @DisplayName("that could not be written can be put again with the same ticket")
    void full() throws IOException {
        var ticket = uploads.permit(ACCOUNT, "a.png", "image/png", 1_000).ticket();
        Path arriving = media.folder().arriving();
        Files.delete(arriving);
        assertThatThrownBy(() -> uploads.keep(ticket, PNG)).isInstanceOf(IOException.class);
        assertThat(media.find(ticket.media())).isEmpty();
        Files.createDirectory(arriving);

        assertThat(uploads.keep(ticket, PNG)).isEmpty();
    }

    @Test
    @DisplayName("of another type than was said uses the ticket up")
    void otherType() throws IOException {
        var ticket = uploads.permit(ACCOUNT, "a.gif", "image/gif", 1_000).ticket();

        assertThat(uploads.keep(ticket, PNG)).contains(Uploads.Refusal.OTHER_TYPE);
        assertThat(media.find(ticket.media()).orElseThrow().state())
                .isEqualTo(MediaRecords.State.FAILED);
        assertThat(media.folder().path(ticket.media())).doesNotExist();
        assertThat(uploads.keep(ticket, PNG)).contains(Uploads.Refusal.USED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audio/wav",
                "audio/x-wav",
                "audio/wave",
                "audio/vnd.wave",
                "Audio/WAV; codecs=1",
                "application/octet-stream"
            })
    @DisplayName("may be said to be of its type by any of that type's names")
    void otherNames(String type) throws IOException {
        var ticket = uploads.permit(ACCOUNT, "a.wav", type, 1_000).ticket();

        assertThat(uploads.keep(ticket, Bytes.wrap(Samples.WAV))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"audio/mpeg", "audio/x-m4a", "image/jpg", "text/html"})
    @DisplayName("is refused by every name of another type")
    void otherTypes(String type) throws IOException {
        var ticket = uploads.permit(ACCOUNT, "a.wav", type, 1_000).ticket();

        assertThat(uploads.keep(ticket, Bytes.wrap(Samples.WAV)))
                .contains(Uploads.Refusal.OTHER_TYPE);
    }
}
