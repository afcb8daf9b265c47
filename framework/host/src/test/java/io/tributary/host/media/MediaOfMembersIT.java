package io.tributary.host.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.MediaBytes;
import io.tributary.host.journal.MediaRecords;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.TestServer;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.MediaId;
import io.tributary.model.TimeOrderedIds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("of several members with one database")
final class MediaOfMembersIT {

    private static final AccountId ACCOUNT = AccountId.of("pager-us");
    private static final URI PAGES = URI.create("https://pages.example.com");
    private static final int LIMIT = 2_000_000;

    @TempDir Path folder;

    private final PostgresAddress database = TestServer.database();
    private final List<Member> members = new ArrayList<>();
    private volatile boolean refuses;

    private record Member(Journal journal, Media media, Uploads uploads, Path files) {}

    @AfterEach
    void close() {
        members.forEach(member -> member.journal().close());
        TestServer.drop(database);
    }

    /// @param ahead by how much the member's clock is wrong
    private Member member(Duration ahead) throws IOException {
        Journal journal = TestServer.member(database, () -> Instant.now().plus(ahead));
        Path files = folder.resolve("member-" + members.size());
        var limits = new MediaLimits(LIMIT, LIMIT, Duration.ofSeconds(10), 3, 2);
        var ids = TimeOrderedIds.system();
        var links = new Links(new byte[32], PAGES, Duration.ofMinutes(10), journal.clock());
        Journal moody = moody(journal);
        var media =
                new Media(
                        moody,
                        new Media.Where(files, Optional.empty()),
                        links,
                        limits,
                        ids,
                        journal.clock());
        var uploads = new Uploads(moody, media, new byte[32], PAGES, limits, ids, journal.clock());
        var member = new Member(journal, media, uploads, files);
        members.add(member);
        return member;
    }

    private Member member() throws IOException {
        return member(Duration.ZERO);
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

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static MediaRecords.Media keep(Member member, byte[] bytes) throws IOException {
        return member.media().keep(ACCOUNT, new ByteArrayInputStream(bytes), "a.bin", null);
    }

    private static Optional<Served> serve(Member by, MediaId id, Member linked) throws IOException {
        String path = linked.media().link(id, Duration.ofMinutes(10)).getPath();
        return by.media().serve(path.substring("/media/".length()));
    }

    private static Path file(Member by, MediaId id) throws IOException {
        return serve(by, id, by).orElseThrow().file();
    }

    private static List<Path> files(Path under) throws IOException {
        if (!Files.exists(under)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(under)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static void lose(Path folder) throws IOException {
        for (Path file : files(folder)) {
            Files.delete(file);
        }
    }

    @Test
    @DisplayName("any gives out what one has kept, also when that one's disk is lost")
    void any() throws IOException {
        Member one = member();
        Member other = member();
        byte[] bytes = random(700_000);
        MediaRecords.Media kept = keep(one, bytes);

        Served there = serve(one, kept.id(), other).orElseThrow();
        Served here = serve(other, kept.id(), one).orElseThrow();
        assertThat(here.file()).startsWith(other.files()).hasBinaryContent(bytes);
        assertThat(here.headers()).isEqualTo(there.headers());
        assertThat(files(other.files().resolve("arriving"))).isEmpty();
        try (InputStream opened = other.media().store(ACCOUNT).open(kept.id())) {
            assertThat(opened.readAllBytes()).isEqualTo(bytes);
        }

        lose(one.files());
        lose(other.files());
        assertThat(file(other, kept.id())).hasBinaryContent(bytes);
        assertThat(file(one, kept.id())).hasBinaryContent(bytes);
    }

    @Test
    @DisplayName("a file in a folder that is not the recorded one is not given out")
    void wrongFile() throws IOException {
        Member one = member();
        byte[] bytes = random(300_000);
        MediaRecords.Media kept = keep(one, bytes);
        byte[] same = bytes.clone();
        same[17] ^= 1;
        one.media().folder().keep(kept.id(), new ByteArrayInputStream(same), null, LIMIT);
        assertThat(one.media().folder().path(kept.id())).hasBinaryContent(same);

        assertThat(file(one, kept.id())).hasBinaryContent(bytes);

        for (Path content : files(one.files().resolve("by-content"))) {
            Files.write(content, Arrays.copyOf(bytes, 5));
        }
        assertThat(file(one, kept.id())).hasBinaryContent(bytes);
    }

    @Test
    @DisplayName("those who want a file at once have it brought once")
    void once() throws Exception {
        Member one = member();
        Member other = member();
        MediaRecords.Media kept = keep(one, random(600_000));
        MediaBytes real = other.journal().mediaBytes().orElseThrow();
        var reads = new AtomicInteger();
        var counted =
                new MediaBytes() {
                    @Override
                    public void put(Content content, Source source) throws IOException {
                        real.put(content, source);
                    }

                    @Override
                    public boolean holds(Content content) {
                        return real.holds(content);
                    }

                    @Override
                    public boolean read(Content content, OutputStream to) throws IOException {
                        reads.incrementAndGet();
                        return real.read(content, to);
                    }
                };
        var files = new MediaFolder(other.files());
        var place =
                new MediaPlace(
                        files,
                        Optional.of(counted),
                        new Trimming(
                                other.journal(),
                                files,
                                other.journal().mediaBytes(),
                                Trimming.Disk.of(other.files()),
                                other.journal().clock()));
        var start = new CyclicBarrier(12);
        List<CompletableFuture<Path>> wanted =
                IntStream.range(0, 12)
                        .mapToObj(_ ->
                                CompletableFuture.supplyAsync(
                                        () -> {
                                            try {
                                                start.await();
                                                return place.file(kept);
                                            } catch (Exception failure) {
                                                throw new CompletionException(failure);
                                            }
                                        },
                                        Thread::startVirtualThread))
                        .toList();
        assertThat(wanted)
                .allSatisfy(each -> assertThat(each.join()).hasBinaryContent(random(600_000)));
        assertThat(reads).hasValue(1);
    }

    @Test
    @DisplayName("what is damaged in the database is not given out, nor left lying about")
    void damaged() throws IOException {
        Member one = member();
        Member other = member();
        MediaRecords.Media kept = keep(one, random(600_000));
        TestServer.tamper(
                database,
                "update media_chunk set bytes = set_byte(bytes, 0, 255 - get_byte(bytes, 0))"
                        + " where number = 1");
        assertThatThrownBy(() -> serve(other, kept.id(), one))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
        assertThat(files(other.files())).isEmpty();
        assertThat(file(one, kept.id())).hasBinaryContent(random(600_000));
    }

    @Test
    @DisplayName("what is nowhere any more is not found")
    void nowhere() throws IOException {
        Member one = member();
        MediaRecords.Media kept = keep(one, random(1_000));
        TestServer.tamper(database, "delete from media_content");
        assertThat(serve(one, kept.id(), one)).isPresent();
        lose(one.files());
        assertThat(serve(one, kept.id(), one)).isEmpty();
    }

    @Test
    @DisplayName(
            "without the database a member says that it cannot tell, not that there is nothing")
    void away() throws IOException {
        Member one = member();
        MediaRecords.Media kept = keep(one, random(1_000));
        Member other = member();
        TestServer.tamper(database, "alter table media_chunk rename to media_elsewhere");
        assertThatThrownBy(() -> serve(other, kept.id(), one))
                .isInstanceOf(JournalUnavailable.class);
        TestServer.tamper(database, "alter table media_elsewhere rename to media_chunk");
        assertThat(serve(other, kept.id(), one)).isPresent();
    }

    @Test
    @DisplayName("bytes that were put and could not be recorded are nobody's")
    void between() throws IOException {
        Member one = member();
        var ticket = one.uploads().permit(ACCOUNT, "a.png", "image/png", 1_000).ticket();
        refuses = true;
        assertThatThrownBy(() -> keep(one, Samples.PNG)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> one.uploads().keep(ticket, Bytes.wrap(Samples.PNG)))
                .isInstanceOf(IOException.class);
        refuses = false;
        assertThat(one.media().find(ticket.media())).isEmpty();
        assertThat(TestServer.tamper(database, "update media_content set recorded = recorded"))
                .isEqualTo(2);

        Member other = member();
        assertThat(other.uploads().keep(ticket, Bytes.wrap(Samples.PNG))).isEmpty();
        assertThat(file(one, ticket.media())).hasBinaryContent(Samples.PNG);
    }

    @Test
    @DisplayName("a ticket counts on every member, however wrong their clocks are, and once")
    void ticket() throws IOException {
        Member behind = member(Duration.ofMinutes(-10));
        Member ahead = member(Duration.ofMinutes(10));
        var permitted = behind.uploads().permit(ACCOUNT, "a.png", "image/png", 1_000);
        String path = permitted.url().getPath();
        UploadTicket ticket =
                ahead.uploads()
                        .read(ACCOUNT.value(), path.substring(path.lastIndexOf('/') + 1))
                        .orElseThrow();

        assertThat(ahead.uploads().keep(ticket, Bytes.wrap(Samples.PNG))).isEmpty();

        assertThat(behind.uploads().keep(ticket, Bytes.wrap(Samples.PNG)))
                .contains(Uploads.Refusal.USED);
        assertThat(serve(ahead, ticket.media(), behind).orElseThrow().file())
                .hasBinaryContent(Samples.PNG);
        assertThat(serve(behind, ticket.media(), ahead).orElseThrow().file())
                .hasBinaryContent(Samples.PNG);
    }

    @Test
    @DisplayName("of two files for one ticket at once one gets through, everywhere the same")
    void race() throws Exception {
        List<Member> two = List.of(member(), member());
        for (int round = 0; round < 8; round++) {
            UploadTicket ticket =
                    two.getFirst()
                            .uploads()
                            .permit(ACCOUNT, "a", "application/octet-stream", 1_000)
                            .ticket();
            var start = new CyclicBarrier(2);
            List<CompletableFuture<Optional<Uploads.Refusal>>> puts =
                    IntStream.range(0, 2)
                            .mapToObj(i ->
                                    CompletableFuture.supplyAsync(
                                            () -> {
                                                try {
                                                    start.await();
                                                    return two.get(i)
                                                            .uploads()
                                                            .keep(ticket, Bytes.utf8("file " + i));
                                                } catch (Exception failure) {
                                                    throw new CompletionException(failure);
                                                }
                                            },
                                            Thread::startVirtualThread))
                            .toList();
            List<Integer> through =
                    IntStream.range(0, 2)
                            .filter(i -> puts.get(i).join().isEmpty())
                            .boxed()
                            .collect(Collectors.toList());
            assertThat(through).hasSize(1);
            for (Member member : two) {
                assertThat(file(member, ticket.media())).hasContent("file " + through.getFirst());
            }
        }
    }

    @Test
    @DisplayName("of another type than was said nothing is put")
    void otherType() throws IOException {
        Member one = member();
        var ticket = one.uploads().permit(ACCOUNT, "a.gif", "image/gif", 1_000).ticket();
        assertThat(one.uploads().keep(ticket, Bytes.wrap(Samples.PNG)))
                .contains(Uploads.Refusal.OTHER_TYPE);
        assertThat(TestServer.tamper(database, "update media_content set recorded = recorded"))
                .isZero();
    }
}
