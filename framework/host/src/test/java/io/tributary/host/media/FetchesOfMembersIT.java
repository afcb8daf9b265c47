package io.tributary.host.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.inbound.TestAccount;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.MediaBytes;
import io.tributary.host.journal.MediaRecords;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.TestServer;
import io.tributary.host.journal.Unit;
import io.tributary.host.objects.Bucket;
import io.tributary.host.objects.StoreServer;
import io.tributary.json.InteractionJson;
import io.tributary.model.AccountId;
import io.tributary.model.Actor;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.MediaId;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.FetchesMedia;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("of several members with one database")
final class FetchesOfMembersIT {

    private static final AccountId ACCOUNT = AccountId.of("pager-us");
    private static final ChannelId CHANNEL = ChannelId.of("pager");
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir Path folder;

    private final PostgresAddress database = TestServer.database();
    private final TimeOrderedIds ids = TimeOrderedIds.system();
    private final TestAccount account =
            TestAccount.of(
                    (FetchesMedia)
                            fetch -> FetchesMedia.Location.of(URI.create("https://x/" + fetch)));
    private final ConcurrentHashMap<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final List<Member> members = new ArrayList<>();
    private final ConcurrentLinkedQueue<Object> said = new ConcurrentLinkedQueue<>();

    private record Member(Journal journal, Media media, Fetches fetches) {

        List<Interaction> log() {
            return journal.log().after(0, Filter.ALL, 1000).rows().stream()
                    .map(row -> InteractionJson.decode(row.body().toArray(), row.position()))
                    .toList();
        }
    }

    @AfterEach
    void close() {
        members.forEach(member -> member.fetches().close());
        members.forEach(member -> member.journal().close());
        TestServer.drop(database);
    }

    /// @param before what happens before an answer comes
    private Member member(Runnable before) throws IOException {
        return member(before, Optional.empty());
    }

    /// @param bucket where media are; empty: in the database
    private Member member(Runnable before, Optional<MediaBytes> bucket) throws IOException {
        InstantSource clock = InstantSource.system();
        Journal journal = heard(TestServer.member(database, clock));
        var limits = new MediaLimits(10_000, 10_000, Duration.ofSeconds(60), 3, 2);
        var links =
                new Links(
                        new byte[32],
                        URI.create("https://pages.example.com"),
                        Duration.ofHours(1),
                        clock);
        var media =
                new Media(
                        journal,
                        new Media.Where(folder.resolve("member-" + members.size()), bucket),
                        links,
                        limits,
                        ids,
                        clock);
        Downloads downloads =
                (_, from, _, _) -> {
                    String path = from.uri().getPath();
                    asked.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
                    before.run();
                    return answer(path);
                };
        var fetches = new Fetches(journal, account.alone(), media, downloads, limits, ids, clock);
        var member = new Member(journal, media, fetches);
        members.add(member);
        return member;
    }

    /// The journal, and what it says to what is written of jobs.
    private Journal heard(Journal real) {
        return (Journal)
                Proxy.newProxyInstance(
                        Journal.class.getClassLoader(),
                        new Class<?>[] {Journal.class},
                        (_, method, arguments) -> {
                            try {
                                Object answer = method.invoke(real, arguments);
                                if (answer instanceof CompletableFuture<?> commit) {
                                    commit.thenAccept(said::add);
                                }
                                return answer;
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        });
    }

    private static Downloads.Answer answer(String path) {
        return new Downloads.Answer() {
            @Override
            public int status() {
                return 200;
            }

            @Override
            public String type() {
                return "text/plain";
            }

            @Override
            public InputStream body() {
                return new ByteArrayInputStream(path.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public void close() {}
        };
    }

    /// A message with a picture that waits at this place.
    private MediaId picture(Member at, String place) {
        MediaId id = ids.media();
        Interaction message =
                Interaction.builder()
                        .id(ids.interaction())
                        .channel(CHANNEL)
                        .account(ACCOUNT)
                        .line("+1555")
                        .address("+15551")
                        .direction(Direction.INBOUND)
                        .actor(Actor.SYSTEM)
                        .receivedAt(Instant.now())
                        .contents(Content.Media.pending(Content.Media.Kind.IMAGE, "image/png"))
                        .build();
        at.journal()
                .append(
                        Unit.of(
                                new Change.Append(
                                        message.id(),
                                        null,
                                        null,
                                        CHANNEL,
                                        ACCOUNT,
                                        Direction.INBOUND,
                                        "media",
                                        Change.Weight.FROM_CUSTOMER,
                                        message.receivedAt(),
                                        Bytes.wrap(InteractionJson.encode(message))),
                                new Change.AddMedia(id, ACCOUNT, null, null, Instant.now()),
                                new Change.AddFetch(
                                        id, ACCOUNT, message.id(), 1, place, Instant.now())))
                .join()
                .need();
        return id;
    }

    private static boolean stored(Member as, MediaId id) {
        return as.journal().media().byId(id).orElseThrow().state() == MediaRecords.State.STORED;
    }

    private static long told(Member as) {
        return as.log().stream()
                .filter(each -> each.content() instanceof Content.MediaStored)
                .count();
    }

    @Test
    @DisplayName("one fetches each medium, and all have it")
    void shared() throws IOException {
        Member one = member(() -> {});
        Member other = member(() -> {});
        List<MediaId> media =
                IntStream.range(0, 30).mapToObj(i -> picture(one, "picture-" + i)).toList();
        one.fetches().start();
        other.fetches().start();

        await().atMost(SOON).until(() -> media.stream().allMatch(id -> stored(one, id)));

        assertThat(asked).hasSize(30);
        assertThat(asked.values()).allSatisfy(each -> assertThat(each).hasValue(1));
        assertThat(told(one)).isEqualTo(30);
        for (int i = 0; i < 30; i++) {
            MediaRecords.Media known = one.journal().media().byId(media.get(i)).orElseThrow();
            assertThat(one.media().place().file(known)).hasContent("/picture-" + i);
            assertThat(other.media().place().file(known)).hasContent("/picture-" + i);
        }
    }

    @Test
    @DisplayName(
            "one keeps what it cannot put while the bucket is away, and puts it when it is back")
    void held() throws Exception {
        try (var store = new StoreServer();
                Bucket bucket = store.bucket()) {
            var objects = new CountedBytes(new ObjectBytes(bucket, Optional.empty()));
            Member one = member(() -> {}, Optional.of(objects));
            Member other = member(() -> {}, Optional.of(new ObjectBytes(bucket, Optional.empty())));
            MediaId id = picture(one, "picture");
            store.awayWhile(() -> {
                one.fetches().start();
                await().atMost(SOON).until(() -> objects.unput.get() > 1);
                // less than it is held, and longer than a job is put off
                TestServer.tamper(
                        database, "update \"fetch\" set not_before = not_before - 35000000");
                assertThat(other.journal().fetchJobs().take(9, Set.of())).isEmpty();
            });
            other.fetches().start();

            await().atMost(SOON).until(() -> stored(other, id));

            assertThat(asked.get("/picture")).hasValue(1);
            MediaRecords.Media known = other.journal().media().byId(id).orElseThrow();
            assertThat(other.media().place().file(known)).hasContent("/picture");
        }
    }

    @Test
    @DisplayName("what one kept that has stopped since another fetches anew")
    void inherited() throws Exception {
        try (var store = new StoreServer();
                Bucket closed = store.bucket();
                Bucket bucket = store.bucket()) {
            closed.close();
            var objects = new CountedBytes(new ObjectBytes(closed, Optional.empty()));
            Member dying = member(() -> {}, Optional.of(objects));
            Member heir = member(() -> {}, Optional.of(new ObjectBytes(bucket, Optional.empty())));
            MediaId id = picture(dying, "picture");
            dying.fetches().start();
            await().atMost(SOON).until(() -> objects.unput.get() > 1);
            dying.fetches().close();
            // as if a minute had passed
            TestServer.tamper(database, "update \"fetch\" set not_before = not_before - 60000000");
            heir.fetches().start();

            await().atMost(SOON).until(() -> stored(heir, id));

            assertThat(asked.get("/picture")).hasValue(2);
            assertThat(told(heir)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("what one began and did not end another takes up, and it is told once")
    void takenOver() throws IOException {
        var hang = new CountDownLatch(1);
        Member dying =
                member(() -> {
                    try {
                        hang.await();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                });
        Member heir = member(() -> {});
        MediaId id = picture(dying, "picture");
        try {
            dying.fetches().start();
            await().atMost(SOON).until(() -> asked.containsKey("/picture"));
            // as if the machine had stopped for longer than a member holds a job
            TestServer.tamper(database, "update \"fetch\" set not_before = not_before - 120000000");
            heir.fetches().start();
            await().atMost(SOON).until(() -> stored(heir, id));
            assertThat(asked.get("/picture")).hasValue(2);
        } finally {
            hang.countDown();
        }
        await().atMost(SOON).until(() -> said.stream().anyMatch(Commit.Stale.class::isInstance));
        assertThat(told(heir)).isEqualTo(1);
        MediaRecords.Media known = heir.journal().media().byId(id).orElseThrow();
        assertThat(known.state()).isEqualTo(MediaRecords.State.STORED);
        assertThat(dying.media().place().file(known)).hasContent("/picture");
    }
}
