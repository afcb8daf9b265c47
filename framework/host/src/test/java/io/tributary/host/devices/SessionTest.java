package io.tributary.host.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.host.accounts.Deliveries;
import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.http.Devices;
import io.tributary.host.inbound.TestAccount;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.journal.Unit;
import io.tributary.host.media.Links;
import io.tributary.host.media.Media;
import io.tributary.host.media.MediaLimits;
import io.tributary.host.media.Uploads;
import io.tributary.json.InteractionJson;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.Signal;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Arrival;
import io.tributary.spi.Delivery;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.DeviceSession;
import io.tributary.spi.DeviceVerdict;
import io.tributary.spi.Follows;
import io.tributary.spi.Frame;
import io.tributary.spi.HostsDevices;
import io.tributary.spi.Inbound;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Outcome;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.Translates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a device's session")
final class SessionTest {

    private static final URI PAGES = URI.create("https://pages.example.com:8081");

    @TempDir Path folder;
    private final TimeOrderedIds ids = TimeOrderedIds.system();
    private final InstantSource clock = InstantSource.system();
    private final Buzzers hosts = new Buzzers();
    private final TestAccount account = TestAccount.of(hosts);
    private final Shown shown = new Shown();
    private final Handset handset = new Handset();
    private final List<String> wires = new CopyOnWriteArrayList<>();
    private final Positions cursors = new Positions();
    private SqliteJournal journal;
    private ListeningJournal listening;
    private Followers followers;
    private GivenLink link;
    private Device device;
    private Session session;

    /// Nobody wants to know who comes and goes.
    private static final Comings NOBODY =
            new Comings() {
                @Override
                public void came(AccountId account, String device) {}

                @Override
                public void went(AccountId account, String device) {}
            };

    @BeforeEach
    void open() throws IOException {
        journal = SqliteJournal.open(folder, JournalOptions.standard());
        listening = new ListeningJournal(journal);
        followers = new Followers(listening.journal(), cursors);
        followers.start();
        var means = means(listening.journal());
        link = new GivenLink(account, hosts, means);
        var handshake = new DeviceHandshake("", Map.of(), Map.of(), List.of(), "::1", null);
        var registry = new DeviceRegistry(_ -> {}, NOBODY);
        device = new Device(account.id(), "ada", handshake, means, registry);
        session = new Session(device, account, shown, link, () -> {});
        device.first(session);
    }

    private Means means(Journal heard) throws IOException {
        var limits = new MediaLimits(1_000, 1_000, Duration.ofSeconds(5), 3, 2);
        var links = new Links(new byte[32], PAGES, Duration.ofHours(1), clock);
        var media =
                new Media(
                        heard,
                        new Media.Where(folder.resolve("media"), Optional.empty()),
                        links,
                        limits,
                        ids,
                        clock);
        return new Means(
                account.alone(),
                new DeviceRows(heard, clock, 1),
                new Nowhere(),
                new Uploads(heard, media, new byte[32], PAGES, limits, ids, clock),
                followers,
                (_, device) -> wires.add(device),
                DeviceLimits.USUAL,
                new DeviceFigures(new SimpleMeterRegistry()));
    }

    @AfterEach
    void close() {
        followers.close();
        journal.close();
    }

    private void begin() {
        device.entered(handset);
        // the first frame is asked for
        await().until(() -> handset.reads);
    }

    @Test
    @DisplayName("takes no messages any more once it has failed, and whoever waits hears of it")
    void failed() throws Exception {
        begin();
        assertThat(session.wire().open()).isTrue();

        session.fail(1011, "the channel failed");

        assertThat(session.wire().open()).isFalse();
        assertThat(wires).containsExactly("ada", "ada");
        assertThat(handset.closed).isCompletedWithValue(1011);
    }

    @Test
    @DisplayName("is told by its link that a socket is gone, however little was sent on it")
    void gone() throws Exception {
        begin();
        link.send(Frame.text("hi"));
        handset.gone = true;

        assertThatThrownBy(() -> link.send(Frame.text("are you there?")))
                .isInstanceOf(IOException.class);
        assertThat(handset.heard).containsExactly("hi");
    }

    @Test
    @DisplayName("takes no messages any more once the channel has closed its socket")
    void closedByTheChannel() throws Exception {
        begin();

        link.close(3001, "bye");

        assertThat(session.wire().open()).isFalse();
        assertThat(wires).containsExactly("ada", "ada");
        assertThat(handset.closed).isCompletedWithValue(3001);
    }

    @Test
    @DisplayName("that wants to follow while the log cannot be read has its device come back")
    void cannotFollow() throws Exception {
        cursors.unavailable = true;
        link.follow("ada", "from here");
        link.send(Frame.text("never"));

        begin();

        assertThat(handset.closed).isCompletedWithValue(1013);
        assertThat(session.wire().open()).isFalse();
    }

    @Test
    @DisplayName("that ends while it is looked up whom it follows is not remembered")
    void endsWhileItEnters() throws Exception {
        var looked = new CountDownLatch(1);
        begin();
        listening.beforeEnd(() -> {
            link.hush();
            looked.countDown();
        });

        link.follow("ada", null);

        assertThat(looked.await(20, TimeUnit.SECONDS)).isTrue();
        var after = new CountDownLatch(1);
        session.turn(after::countDown);
        assertThat(after.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(followers.count()).isZero();
    }

    @Test
    @DisplayName("is shown what came although the log could not be read at that moment")
    void lostForAMoment() throws Exception {
        begin();
        var conversation = conversation();
        link.follow("ada", null);
        await().until(() -> followers.count() == 1);
        var failed = new AtomicBoolean();
        listening.beforeConversation(() -> {
            if (Thread.currentThread().getName().equals("followers")
                    && failed.compareAndSet(false, true)) {
                throw new JournalUnavailable("made so by the test");
            }
        });

        says(conversation, "hello");

        await().untilAsserted(() -> assertThat(shown.seen).containsExactly("hello"));
        assertThat(failed).isTrue();
    }

    private ConversationId conversation() {
        var id = ids.conversation();
        var opening =
                new Change.OpenConversation(
                        id,
                        ids.customer(),
                        ChannelId.of("pager"),
                        account.id(),
                        "desk",
                        "ada",
                        null,
                        "en",
                        Instant.now());
        journal.append(Unit.of(opening)).join().need();
        return id;
    }

    private void says(ConversationId conversation, String text) {
        var stored = journal.conversations().byId(conversation).orElseThrow();
        Interaction said =
                Interaction.builder()
                        .id(ids.interaction())
                        .conversation(conversation)
                        .customer(stored.customer())
                        .channel(stored.channel())
                        .account(stored.account())
                        .line("desk")
                        .address("ada")
                        .direction(Direction.INBOUND)
                        .receivedAt(Instant.now())
                        .contents(Content.text(text))
                        .build();
        var append =
                new Change.Append(
                        said.id(),
                        conversation,
                        stored.customer(),
                        stored.channel(),
                        stored.account(),
                        said.direction(),
                        "text",
                        Change.Weight.FROM_CUSTOMER,
                        said.receivedAt(),
                        Bytes.wrap(InteractionJson.encode(said)));
        journal.append(Unit.of(append)).join().need();
    }

    /// Is shown what it follows, and sends.
    private static final class Shown implements DeviceSession, Follows, Sends {

        private final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        public void onFrame(Frame frame) {}

        @Override
        public void onInteraction(Interaction interaction, String cursor) {
            seen.add(interaction.content().fallback());
        }

        @Override
        public SendResult send(OutboundMessage message) {
            return SendResult.accepted(message.key());
        }
    }

    private static final class Buzzers implements HostsDevices {

        @Override
        public DeviceVerdict connect(DeviceHandshake handshake, DeviceLink given) {
            return DeviceVerdict.refused(404, "nobody connects here");
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            return List.of();
        }
    }

    /// The other end of the socket.
    private static final class Handset implements Devices.Socket {

        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private volatile boolean gone;
        private volatile boolean reads;

        @Override
        public CompletableFuture<Void> send(Frame frame) {
            if (gone) {
                return CompletableFuture.failedFuture(new IOException("made so by the test"));
            }
            heard.add(((Frame.Text) frame).text());
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public long unsent() {
            return 0;
        }

        @Override
        public void next(Duration pause) {
            reads = true;
        }

        @Override
        public void close(int code, String reason) {
            closed.complete(code);
        }
    }

    private static final class Positions implements Cursors {

        private volatile boolean unavailable;

        @Override
        public String of(long position) {
            return String.valueOf(position);
        }

        @Override
        public long after(String cursor) {
            if (unavailable) {
                throw new JournalUnavailable("made so by the test");
            }
            return 0;
        }
    }

    private static final class Nowhere implements Deliveries {

        @Override
        public CompletableFuture<List<Outcome>> deliver(
                OpenAccount from,
                Translates translates,
                @Nullable String device,
                List<Expect> expects,
                Delivery delivery) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public void signal(AccountId from, Signal signal) {}
    }
}
