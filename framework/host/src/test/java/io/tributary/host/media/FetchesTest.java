package io.tributary.host.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.host.egress.AccountHttp;
import io.tributary.host.egress.Download;
import io.tributary.host.egress.Egress;
import io.tributary.host.egress.EgressLimits;
import io.tributary.host.egress.EgressRules;
import io.tributary.host.inbound.Inbox;
import io.tributary.host.inbound.TestAccount;
import io.tributary.host.journal.FetchJobs;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.MediaBytes;
import io.tributary.host.journal.MediaRecords;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.objects.Bucket;
import io.tributary.host.objects.BucketAddress;
import io.tributary.host.objects.StoreServer;
import io.tributary.json.InteractionJson;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Interaction;
import io.tributary.model.MediaId;
import io.tributary.model.Target;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Arrival;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.FetchesMedia;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;
import io.tributary.spi.Party;
import io.tributary.spi.RawEvent;
import io.tributary.spi.Translates;
import io.tributary.spi.Trouble;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With the real journal, the real way out and a real server that misbehaves.
final class FetchesTest {

    private static final int LIMIT = 10_000;
    private static final int MANY = 30;

    @TempDir Path folder;
    private volatile Instant now = Instant.now();
    private final InstantSource clock = () -> now;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger unwritten = new AtomicInteger();
    private final Camera camera = new Camera();
    private final TestAccount account = TestAccount.of(camera);
    private final Vertx vertx = Vertx.vertx();
    private volatile Answer behaviour = (exchange, _) -> exchange.close();
    private volatile boolean full;
    private HttpServer server;
    private SqliteJournal journal;
    private AccountHttp http;
    private Inbox inbox;
    private Media media;
    private Fetches fetches;

    private interface Answer {
        void to(HttpExchange exchange, int request) throws IOException;
    }

    /// Every event is a picture at the url that is its body.
    private static final class Camera implements Translates, FetchesMedia {

        volatile @Nullable Trouble trouble;

        @Override
        public List<Inbound> translate(Arrival arrival) {
            var part =
                    InboundPart.of(Content.Media.pending(Content.Media.Kind.IMAGE, "image/png"))
                            .fetch(arrival.event().body().utf8());
            return List.of(Inbound.of("5550", Party.of("+15551"), List.of(part)));
        }

        @Override
        public Location locate(String fetch) throws Trouble {
            Trouble now = trouble;
            if (now != null) {
                throw now;
            }
            return Location.of(URI.create(fetch));
        }
    }

    @BeforeEach
    void open() throws IOException {
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    behaviour.to(exchange, asked.incrementAndGet());
                    exchange.close();
                });
        server.start();
        journal = SqliteJournal.open(folder, JournalOptions.standard().at(clock));
        http =
                new Egress(
                                vertx,
                                EgressRules.of(List.of("127.0.0.0/8")),
                                EgressLimits.USUAL,
                                null,
                                new SimpleMeterRegistry())
                        .open(account.id(), null);
        use(Optional.empty());
        inbox =
                new Inbox(
                        journal,
                        TimeOrderedIds.system(),
                        clock,
                        (_, _) -> {},
                        new SimpleMeterRegistry());
        picture(1);
    }

    private void picture(int number) {
        var event =
                RawEvent.of(
                        "picture",
                        Bytes.utf8(endpoint() + "/" + number + ".png"),
                        Dedupe.key("k" + number));
        inbox.deliver(account, camera, null, Delivery.of(event)).join();
    }

    private String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void use(Optional<MediaBytes> elsewhere) throws IOException {
        var limits = new MediaLimits(LIMIT, LIMIT, Duration.ofSeconds(10), 3, 2);
        var ids = TimeOrderedIds.system();
        var links =
                new Links(
                        new byte[32],
                        URI.create("https://pages.example.com"),
                        Duration.ofHours(1),
                        clock);
        var where = new Media.Where(folder.resolve("media"), elsewhere);
        media = new Media(journal, where, links, limits, ids, clock);
        fetches = new Fetches(frail(), account.alone(), media, this::download, limits, ids, clock);
    }

    /// The journal, which writes nothing of fetches while it is full.
    private Journal frail() {
        return (Journal)
                Proxy.newProxyInstance(
                        Journal.class.getClassLoader(),
                        new Class<?>[] {Journal.class},
                        (_, method, arguments) -> {
                            if (full && method.getName().equals("append")) {
                                unwritten.incrementAndGet();
                                return CompletableFuture.failedFuture(
                                        new JournalUnavailable("on purpose"));
                            }
                            return method.invoke(journal, arguments);
                        });
    }

    @AfterEach
    void close() {
        fetches.close();
        http.close();
        journal.close();
        server.stop(0);
        vertx.close().await();
    }

    @Test
    void fetchesAfterTheCommitAndTellsAgentApps() {
        behaviour = (exchange, _) -> send(exchange, 200, Samples.PNG);
        fetches.start();

        await().untilAsserted(() -> assertThat(log()).hasSize(2));

        Interaction told = log().getLast();
        assertThat(told.content())
                .isInstanceOfSatisfying(
                        Content.MediaStored.class,
                        stored -> {
                            assertThat(stored.media()).isEqualTo(pending());
                            assertThat(stored.bytes()).isEqualTo(Samples.PNG.length);
                        });
        assertThat(told.target()).isEqualTo(Target.known(log().getFirst().id(), 1));
        assertThat(told.conversation()).isEqualTo(log().getFirst().conversation());
        assertThat(known().state()).isEqualTo(MediaRecords.State.STORED);
        assertThat(known().type()).isEqualTo("image/png");
        assertThat(media.folder().path(pending())).hasBinaryContent(Samples.PNG);
        assertThat(journal.media().fetch(pending())).isEmpty();
    }

    @Test
    void triesAgainLaterAndNotBefore() {
        behaviour = (exchange, request) -> send(exchange, request < 3 ? 503 : 200, Samples.PNG);
        fetches.start();

        await().untilAsserted(() -> assertThat(attempt()).isEqualTo(1));
        assertThat(asked).hasValue(1);
        pass(Duration.ofMinutes(1));
        await().untilAsserted(() -> assertThat(attempt()).isEqualTo(2));
        pass(Duration.ofHours(1));

        await().untilAsserted(
                        () -> assertThat(known().state()).isEqualTo(MediaRecords.State.STORED));
        assertThat(asked).hasValue(3);
    }

    @Test
    void givesUpAfterTheDeclaredTriesAndSaysSo() {
        behaviour = (exchange, _) -> send(exchange, 500, Samples.NOISE);
        fetches.start();

        for (int tries = 1; tries < 3; tries++) {
            int expected = tries;
            await().untilAsserted(() -> assertThat(attempt()).isEqualTo(expected));
            pass(Duration.ofHours(7));
        }

        failedFor("http-500");
    }

    @Test
    void whatIsGoneIsNotAskedForAgain() {
        behaviour = (exchange, _) -> send(exchange, 410, Samples.NOISE);
        fetches.start();

        failedFor("http-410");
        assertThat(asked).hasValue(1);
    }

    @Test
    void whatIsTooLargeIsNotKept() {
        behaviour = (exchange, _) -> send(exchange, 200, new byte[LIMIT + 1]);
        fetches.start();

        failedFor("too-large");
        assertThat(media.folder().arriving()).isEmptyDirectory();
    }

    @Test
    void aDownloadThatBreaksOffIsTriedAgain() {
        behaviour =
                (exchange, _) -> {
                    exchange.sendResponseHeaders(200, 5_000);
                    exchange.getResponseBody().write(Samples.PNG);
                    exchange.getResponseBody().flush();
                };
        fetches.start();

        await().untilAsserted(() -> assertThat(attempt()).isEqualTo(1));
        assertThat(known().state()).isEqualTo(MediaRecords.State.PENDING);
        assertThat(media.folder().arriving()).isEmptyDirectory();
    }

    @Test
    void whatThePluginSaysOfTroubleCounts() {
        camera.trouble = Trouble.last("expired", "the provider keeps media for a month");
        fetches.start();

        failedFor("expired");
        assertThat(asked).hasValue(0);
    }

    @Test
    void whatCameWhileTheBucketWasAwayIsPutLaterThoughTheProviderHasItNoMore() throws Exception {
        try (var store = new StoreServer();
                Bucket closed = store.bucket();
                Bucket bucket = store.bucket()) {
            closed.close();
            use(Optional.of(new ObjectBytes(closed, Optional.empty())));
            behaviour = (exchange, _) -> send(exchange, 200, Samples.PNG);
            fetches.start();
            await().untilAsserted(
                            () -> assertThat(media.folder().path(pending())).isNotEmptyFile());
            assertThat(known().state()).isEqualTo(MediaRecords.State.PENDING);
            assertThat(attempt()).isZero();

            fetches.close();
            behaviour = (exchange, _) -> send(exchange, 410, Samples.NOISE);
            use(Optional.of(new ObjectBytes(bucket, Optional.empty())));
            fetches.start();

            await().untilAsserted(() -> {
                pass(Duration.ofMinutes(1));
                assertThat(known().state()).isEqualTo(MediaRecords.State.STORED);
            });
            assertThat(asked).hasValue(1);
            assertThat(known().type()).isEqualTo("image/png");
            String key = ObjectBytes.key(pending(), Objects.requireNonNull(known().sha256()));
            assertThat(bucket.holds(key, Samples.PNG.length)).isTrue();
        }
    }

    @Test
    void whatCannotBePutIsPutAsSoonAsTheBucketIsBack() throws Exception {
        try (var store = new StoreServer();
                Bucket bucket = store.bucket()) {
            var objects = new CountedBytes(new ObjectBytes(bucket, Optional.empty()));
            use(Optional.of(objects));
            behaviour = (exchange, _) -> send(exchange, 200, Samples.PNG);
            store.awayWhile(() -> {
                fetches.start();
                await().until(() -> objects.unput.get() > 0);
            });

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(known().state()).isEqualTo(MediaRecords.State.STORED));
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void whatWasPutAndNotRecordedIsNotPutASecondTime() throws Exception {
        try (var store = new StoreServer();
                Bucket bucket = store.bucket()) {
            var objects = new CountedBytes(new ObjectBytes(bucket, Optional.empty()));
            use(Optional.of(objects));
            behaviour = (exchange, _) -> send(exchange, 200, Samples.PNG);
            full = true;
            fetches.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> unwritten.get() > 2);

            full = false;
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(known().state()).isEqualTo(MediaRecords.State.STORED));
            assertThat(objects.put).hasValue(1);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void whatTheBucketRefusesIsToldAsThatAndNotAskedForAgain() throws Exception {
        try (var store = StoreServer.upTo(Samples.PNG.length - 1);
                Bucket bucket = store.bucket()) {
            use(Optional.of(new ObjectBytes(bucket, Optional.empty())));
            behaviour = (exchange, _) -> send(exchange, 200, Samples.PNG);
            fetches.start();

            for (int tries = 1; tries < 3; tries++) {
                int expected = tries;
                await().untilAsserted(() -> assertThat(attempt()).isEqualTo(expected));
                pass(Duration.ofHours(7));
            }
            failedFor("not-stored");
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void aBucketThatHangsHoldsUpNothingThatIsToBeFetched() throws Exception {
        var over = new CountDownLatch(1);
        var put = new AtomicInteger();
        server.createContext(
                "/hangs/",
                _ -> {
                    put.incrementAndGet();
                    try {
                        over.await();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                });
        var address =
                new BucketAddress(
                        URI.create(endpoint()),
                        "us-east-1",
                        "hangs",
                        "",
                        BucketAddress.Style.PATH,
                        new BucketAddress.Credentials("id", "secret"));
        try (var bucket = new Bucket(address, InstantSource.system(), Duration.ofMillis(300))) {
            use(Optional.of(new ObjectBytes(bucket, Optional.empty())));
            behaviour = (exchange, _) -> send(exchange, 200, Samples.PNG);
            for (int number = 2; number <= MANY; number++) {
                picture(number);
            }
            fetches.start();

            await().atMost(Duration.ofSeconds(30)).until(() -> asked.get() == MANY);
            assertThat(put).hasValueLessThan(MANY / 2);
        } finally {
            over.countDown();
        }
    }

    private void failedFor(String code) {
        await().untilAsserted(() ->
                assertThat(log().getLast().content())
                        .isInstanceOfSatisfying(
                                Content.MediaFailed.class,
                                failed -> assertThat(failed.reason().code()).isEqualTo(code)));
        assertThat(known().state()).isEqualTo(MediaRecords.State.FAILED);
        assertThat(journal.media().fetch(pending())).isEmpty();
    }

    private void pass(Duration time) {
        now = now.plus(time);
        fetches.wake();
    }

    private int attempt() {
        return journal.media().fetch(pending()).map(FetchJobs.Fetch::attempt).orElse(-1);
    }

    private MediaRecords.Media known() {
        return journal.media().byId(pending()).orElseThrow();
    }

    private MediaId pending() {
        Optional<Content> content = log().stream().findFirst().map(Interaction::content);
        return Objects.requireNonNull(((Content.Media) content.orElseThrow()).id());
    }

    private List<Interaction> log() {
        return journal.log().after(0, Filter.ALL, 100).rows().stream()
                .map(row -> InteractionJson.decode(row.body().toArray(), row.position()))
                .toList();
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private Downloads.Answer download(
            AccountId owner, FetchesMedia.Location from, long limit, Duration whole)
            throws IOException, InterruptedException {
        assertThat(owner).isEqualTo(account.id());
        Download download = http.download(from.uri(), from.headers(), limit, whole);
        return new Downloads.Answer() {
            @Override
            public int status() {
                return download.status();
            }

            @Override
            public @Nullable String type() {
                return download.header("content-type");
            }

            @Override
            public InputStream body() {
                return download.body();
            }

            @Override
            public void close() {
                download.close();
            }
        };
    }
}
