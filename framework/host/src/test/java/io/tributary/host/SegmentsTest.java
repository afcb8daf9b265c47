package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.accounts.OwnSlots;
import io.tributary.host.calls.BoundedCalls;
import io.tributary.host.calls.Quarantine;
import io.tributary.host.calls.Watchdog;
import io.tributary.host.inbound.Inbox;
import io.tributary.host.inbound.Parking;
import io.tributary.host.inbound.TestAccount;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.outbound.Dispatchers;
import io.tributary.host.outbound.Draft;
import io.tributary.host.outbound.Opening;
import io.tributary.host.outbound.Pace;
import io.tributary.host.outbound.Posted;
import io.tributary.host.outbound.Replies;
import io.tributary.host.outbound.Signals;
import io.tributary.host.outbound.Terms;
import io.tributary.host.outbound.Wires;
import io.tributary.json.InteractionJson;
import io.tributary.model.AccountId;
import io.tributary.model.Actor;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.ConversationId;
import io.tributary.model.Interaction;
import io.tributary.model.Part;
import io.tributary.model.PluginVersion;
import io.tributary.model.Target;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Account;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Conversation;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Inbound;
import io.tributary.spi.Line;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.RawEvent;
import io.tributary.spi.Reconciles;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.SendsSignals;
import io.tributary.spi.Sent;
import io.tributary.spi.Translates;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Guarantees 26 and 27, with both directions of a member at work.
@DisplayName("a part with several external ids")
final class SegmentsTest {

    private static final AccountId ACCOUNT = AccountId.of("pager-us");

    @TempDir Path folder = Path.of("");

    private final Pager pager = new Pager();
    private final AtomicInteger events = new AtomicInteger();
    private final Watchdog watchdog = new Watchdog();
    private final InstantSource clock = InstantSource.system();
    private final BoundedCalls calls =
            new BoundedCalls(
                    new PluginVersion("pager", "1.0.0"),
                    SegmentsTest.class.getClassLoader(),
                    16,
                    new Quarantine(),
                    watchdog,
                    text -> text);
    private final TestAccount account = new TestAccount(ACCOUNT, pager, calls);
    private final OpenAccounts accounts = account.alone();
    private Journal journal;
    private Inbox inbox;
    private Dispatchers dispatchers;
    private Replies replies;

    @BeforeEach
    void open() {
        var ids = new TimeOrderedIds(clock);
        journal = SqliteJournal.open(folder, JournalOptions.standard());
        inbox = new Inbox(journal, ids, clock, (_, _) -> {}, new SimpleMeterRegistry());
        dispatch(ids, Duration.ofSeconds(60));
    }

    /// @param unknown how long a send of unknown outcome holds its conversation
    private void dispatch(TimeOrderedIds ids, Duration unknown) {
        long epoch = journal.nextEpoch();
        dispatchers =
                new Dispatchers(
                        journal,
                        accounts,
                        Wires.NONE,
                        new OwnSlots(epoch),
                        new Parking(journal)::take,
                        epoch,
                        ids,
                        clock,
                        new SimpleMeterRegistry(),
                        new Pace(
                                Duration.ofMillis(5),
                                unknown,
                                Duration.ofMillis(10),
                                Duration.ofMillis(50),
                                Duration.ofMillis(20),
                                Duration.ofHours(1),
                                Duration.ofMillis(300),
                                Duration.ofMillis(5)),
                        Set.of());
        replies =
                new Replies(
                        journal,
                        accounts,
                        dispatchers,
                        ids,
                        clock,
                        new Terms(
                                Duration.ofDays(1),
                                (file, _) -> URI.create("https://files.example/" + file),
                                Duration.ofDays(7)));
        dispatchers.start();
    }

    @AfterEach
    void close() {
        dispatchers.close();
        calls.close();
        watchdog.close();
        journal.close();
    }

    @Test
    @DisplayName("is delivered when all are, and says so once")
    void whole() throws Exception {
        pager.answer = _ -> SendResult.accepted("s1", "s2", "s3");
        Interaction message = said();

        receipt("s2", Status.DELIVERED);
        receipt("s1", Status.DELIVERED);
        assertThat(reached(message)).isEqualTo(Status.ACCEPTED);
        receipt("s1", Status.DELIVERED);
        receipt("s3", Status.SENT);
        assertThat(reached(message)).isEqualTo(Status.SENT);
        receipt("s3", Status.DELIVERED);
        assertThat(reached(message)).isEqualTo(Status.DELIVERED);

        receipt("s1", Status.READ);
        assertThat(reached(message)).isEqualTo(Status.DELIVERED);
        assertThat(shown(message)).containsExactly(Status.ACCEPTED, Status.SENT, Status.DELIVERED);
        assertThat(about("s2")).containsExactly(Status.DELIVERED);
    }

    @Test
    @DisplayName("fails with the first that fails, and arrives all the same when that one does")
    void failing() throws Exception {
        pager.answer = _ -> SendResult.accepted("s1", "s2");
        Interaction message = said();

        receipt("s1", Status.FAILED);
        receipt("s2", Status.DELIVERED);
        assertThat(reached(message)).isEqualTo(Status.FAILED);
        receipt("s1", Status.DELIVERED);
        assertThat(reached(message)).isEqualTo(Status.DELIVERED);
        assertThat(shown(message))
                .containsExactly(Status.ACCEPTED, Status.FAILED, Status.DELIVERED);
    }

    @Test
    @DisplayName("is not delivered by receipts that overtook the answer to the send, but by all")
    void overtaken() throws Exception {
        var asked = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        pager.answer =
                _ -> {
                    asked.countDown();
                    opened(go);
                    return SendResult.accepted("s1", "s2");
                };
        ConversationId conversation = begin();
        asked.await();
        receipt("s1", Status.DELIVERED);
        receipt("s2", Status.SENT);
        go.countDown();
        Interaction message = message(conversation);
        await().until(() -> accepted(message));
        await().untilAsserted(() -> assertThat(reached(message)).isEqualTo(Status.SENT));

        receipt("s2", Status.DELIVERED);
        assertThat(reached(message)).isEqualTo(Status.DELIVERED);
        assertThat(shown(message)).doesNotHaveDuplicates().endsWith(Status.DELIVERED);
    }

    @Test
    @DisplayName("is delivered only with what later attempts bring, too")
    void attempts() throws Exception {
        var again = new CountDownLatch(1);
        var attempts = new AtomicInteger();
        pager.answer =
                message -> {
                    if (attempts.incrementAndGet() == 1) {
                        return SendResult.retry("busy", "half of it is through")
                                .having(List.of(new Sent(1, "s1")));
                    }
                    assertThat(message.sent()).extracting(Sent::externalId).containsExactly("s1");
                    opened(again);
                    return SendResult.accepted("s2");
                };
        ConversationId conversation = begin();
        await().until(() -> attempts.get() == 2);
        receipt("s1", Status.DELIVERED);
        Interaction message = message(conversation);
        assertThat(journal.outbox().deliveries(message.id())).isEmpty();
        again.countDown();
        await().until(() -> accepted(message));
        assertThat(reached(message)).isEqualTo(Status.ACCEPTED);

        receipt("s2", Status.DELIVERED);
        assertThat(reached(message)).isEqualTo(Status.DELIVERED);
    }

    @Test
    @DisplayName("is not delivered by one id while nobody knows whether there are more")
    void unknown() throws Exception {
        pager.answer =
                _ ->
                        SendResult.unknown("cut-off", "the answer broke off")
                                .having(List.of(Sent.whole("s1")));
        Interaction message = message(begin());
        await().until(() -> state(message) == Outbox.State.UNKNOWN);
        await().until(() -> pager.lookUps.get() > 0);

        receipt("s1", Status.DELIVERED);
        assertThat(journal.outbox().deliveries(message.id())).isEmpty();
        assertThat(about("s1")).containsExactly(Status.DELIVERED);

        pager.found = SendResult.accepted("s2");
        await().until(() -> accepted(message));
        assertThat(reached(message)).isEqualTo(Status.ACCEPTED);
        receipt("s2", Status.DELIVERED);
        assertThat(reached(message)).isEqualTo(Status.DELIVERED);
        assertThat(shown(message)).containsExactly(Status.ACCEPTED, Status.DELIVERED);
    }

    @Test
    @DisplayName("is delivered as soon as it proves that there are no more")
    void known() throws Exception {
        pager.answer =
                _ ->
                        SendResult.unknown("cut-off", "the answer broke off")
                                .having(List.of(Sent.whole("s1")));
        Interaction message = message(begin());
        await().until(() -> pager.lookUps.get() > 0);
        receipt("s1", Status.DELIVERED);
        assertThat(journal.outbox().deliveries(message.id())).isEmpty();

        pager.found = SendResult.accepted();
        await().until(() -> accepted(message));

        assertThat(reached(message)).isEqualTo(Status.DELIVERED);
        assertThat(shown(message)).containsExactly(Status.DELIVERED);
    }

    @Test
    @DisplayName("has not arrived with its beginning where nobody asks about the rest any more")
    void givenUp() throws Exception {
        dispatchers.close();
        dispatch(new TimeOrderedIds(clock), Duration.ofMillis(50));
        pager.answer =
                _ ->
                        SendResult.unknown("cut-off", "the answer broke off")
                                .having(List.of(Sent.whole("s1")));
        Interaction message = message(begin());
        await().until(() -> Status.UNKNOWN == reached(message));

        receipt("s1", Status.DELIVERED);
        assertThat(reached(message)).isEqualTo(Status.UNKNOWN);
        assertThat(about("s1")).containsExactly(Status.DELIVERED);

        receipt("s1", Status.READ);
        assertThat(reached(message)).isEqualTo(Status.UNKNOWN);
    }

    @Test
    @DisplayName("has not arrived with its beginning where the rest was refused")
    void refused() throws Exception {
        pager.answer =
                _ ->
                        SendResult.rejected("unwanted", "the carrier does not want the rest")
                                .having(List.of(Sent.whole("s1")));
        Interaction message = message(begin());
        await().until(() -> state(message) == Outbox.State.REJECTED);

        receipt("s1", Status.DELIVERED);
        assertThat(reached(message)).isEqualTo(Status.FAILED);
        assertThat(about("s1")).containsExactly(Status.DELIVERED);
        assertThat(shown(message)).containsExactly(Status.FAILED);
    }

    @Test
    @DisplayName("has not arrived with its beginning where the rest was refused later")
    void refusedLater() throws Exception {
        pager.answer =
                message ->
                        message.attempt() == 1
                                ? SendResult.retry("busy", "half of it is through")
                                        .having(List.of(Sent.whole("s1")))
                                : SendResult.rejected("unwanted", "not the rest");
        Interaction message = message(begin());
        await().until(() -> state(message) == Outbox.State.REJECTED);

        receipt("s1", Status.DELIVERED);
        assertThat(reached(message)).isEqualTo(Status.FAILED);
        assertThat(about("s1")).containsExactly(Status.DELIVERED);
    }

    @Test
    @DisplayName("fails once where one of its beginning was not delivered either")
    void refusedAndFailed() throws Exception {
        pager.answer =
                _ ->
                        SendResult.rejected("unwanted", "the carrier does not want the rest")
                                .having(List.of(Sent.whole("s1"), Sent.whole("s2")));
        Interaction message = message(begin());
        await().until(() -> state(message) == Outbox.State.REJECTED);

        receipt("s1", Status.DELIVERED);
        receipt("s2", Status.FAILED);
        receipt("s2", Status.DELIVERED);
        assertThat(reached(message)).isEqualTo(Status.FAILED);
        assertThat(shown(message)).containsExactly(Status.FAILED);
    }

    @Test
    @DisplayName("sees what several receipts of one delivery say together")
    void oneDelivery() throws Exception {
        pager.answer = _ -> SendResult.accepted("s1", "s2");
        Interaction message = said();

        deliver(event("s1", Status.DELIVERED), event("s2", Status.DELIVERED));

        assertThat(reached(message)).isEqualTo(Status.DELIVERED);
        assertThat(shown(message)).containsExactly(Status.ACCEPTED, Status.DELIVERED);
    }

    @Test
    @DisplayName("is a rare thing: one id alone goes as ever")
    void single() throws Exception {
        pager.answer = _ -> SendResult.accepted("s1");
        Interaction message = said();
        receipt("s1", Status.DELIVERED);

        assertThat(shown(message)).containsExactly(Status.ACCEPTED, Status.DELIVERED);
        assertThat(journal.outbox().segments(message.id(), 0).of()).isEmpty();
    }

    @Test
    @DisplayName("has nothing to do with signals, which reach the channel and are kept nowhere")
    void signals() throws Exception {
        pager.answer = _ -> SendResult.accepted("s1");
        Interaction message = said();
        long head = journal.log().head();
        var signals = new Signals(journal, accounts, Wires.NONE, clock);
        var conversation = journal.conversations().byId(conversationOf(message)).orElseThrow();
        deliver(RawEvent.of("word", Bytes.utf8("w1"), Dedupe.key("w1")));
        var answered = journal.conversations().byId(conversationOf(message)).orElseThrow();

        signals.pass(conversation, SendsSignals.Kind.TYPING, null);
        await().untilAsserted(() -> assertThat(pager.signals).containsExactly("TYPING null"));
        signals.pass(answered, SendsSignals.Kind.READ, null);
        await().untilAsserted(
                        () -> assertThat(pager.signals).containsExactly("TYPING null", "READ w1"));
        signals.pass(answered, SendsSignals.Kind.READ, message.id());
        await().untilAsserted(() -> assertThat(pager.signals).endsWith("READ s1"));
        assertThat(journal.log().head()).isEqualTo(head + 1);

        pager.hanging = new CountDownLatch(1);
        signals.pass(answered, SendsSignals.Kind.TYPING, null);
        await().until(() -> pager.signals.size() == 4);
        signals.pass(answered, SendsSignals.Kind.TYPING, null);
        signals.pass(answered, SendsSignals.Kind.IDLE, null);
        await().until(() -> pager.signals.size() == 5);
        assertThat(pager.signals).endsWith("IDLE null");
        pager.hanging.countDown();
    }

    private ConversationId begin() throws InterruptedException {
        var draft =
                Draft.of(Actor.agent("anna", "Anna"), List.of(new Part(1, Content.text("long"))));
        var posted = replies.start(new Opening(ACCOUNT, "+1", "desk", null, draft));
        return conversationOf(((Posted.Taken) posted).interaction());
    }

    private Interaction said() throws InterruptedException {
        Interaction message = message(begin());
        await().until(() -> accepted(message));
        return message;
    }

    private static ConversationId conversationOf(Interaction interaction) {
        ConversationId id = interaction.conversation();
        if (id == null) {
            throw new AssertionError("in no conversation");
        }
        return id;
    }

    private Interaction message(ConversationId conversation) {
        return log().stream()
                .filter(one -> conversation.equals(one.conversation()))
                .filter(one -> one.content() instanceof Content.Text)
                .findFirst()
                .orElseThrow();
    }

    private boolean accepted(Interaction message) {
        return state(message) == Outbox.State.ACCEPTED;
    }

    private Outbox.State state(Interaction message) {
        return journal.outbox().of(message.id()).getFirst().state();
    }

    private List<Interaction> log() {
        return journal.log().after(0, Filter.ALL, 1_000).rows().stream()
                .map(row -> InteractionJson.decode(row.body().toArray(), row.position()))
                .toList();
    }

    private @Nullable Status reached(Interaction message) {
        return journal.outbox().deliveries(message.id()).stream()
                .map(Outbox.Delivery::status)
                .findFirst()
                .orElse(null);
    }

    /// What an app sees that shows ticks by what receipts are about.
    private List<Status> shown(Interaction message) {
        return log().stream()
                .filter(one ->
                        one.target() instanceof Target.Known known
                                && known.interaction().equals(message.id()))
                .map(one -> ((Content.Receipt) one.content()).status())
                .toList();
    }

    private List<Status> about(String segment) {
        return log().stream()
                .filter(one ->
                        one.target() instanceof Target.External external
                                && external.id().equals(segment))
                .map(one -> ((Content.Receipt) one.content()).status())
                .toList();
    }

    private void receipt(String id, Status status) {
        deliver(event(id, status));
    }

    private RawEvent event(String id, Status status) {
        return RawEvent.of(
                "receipt",
                Bytes.utf8(id + " " + status),
                Dedupe.key("event " + events.incrementAndGet()));
    }

    private void deliver(RawEvent... delivered) {
        var _ = inbox.deliver(account, pager, null, Delivery.of(List.of(delivered))).join();
    }

    private static void opened(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /// Sends what it is told, reports what it is asked to, and shows who is typing.
    private static final class Pager
            implements Account, Sends, Reconciles, Translates, SendsSignals {

        volatile Function<OutboundMessage, SendResult> answer =
                _ -> SendResult.retry("busy", "nobody said what to answer");
        volatile SendResult found = SendResult.unknown("not-yet", "the provider cannot tell yet");
        final AtomicInteger lookUps = new AtomicInteger();
        volatile CountDownLatch hanging = new CountDownLatch(0);
        final ConcurrentLinkedQueue<String> signals = new ConcurrentLinkedQueue<>();

        @Override
        public Capabilities capabilities(Conversation conversation) {
            return Capabilities.NONE.with("text", Capabilities.Support.full()).start();
        }

        @Override
        public List<Line> lines() {
            return List.of(Line.of("desk", "Desk"));
        }

        @Override
        public SendResult send(OutboundMessage message) {
            return answer.apply(message);
        }

        @Override
        public SendResult lookUp(OutboundMessage message) {
            lookUps.incrementAndGet();
            return found;
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            String[] words = arrival.event().body().utf8().split(" ");
            return List.of(
                    words.length == 1
                            ? Inbound.of(
                                            "desk",
                                            io.tributary.spi.Party.of("+1"),
                                            Content.text("word"))
                                    .id(words[0])
                            : Inbound.about(
                                    "desk",
                                    Target.external(words[0]),
                                    Content.receipt(Status.valueOf(words[1]))));
        }

        @Override
        public void signal(Conversation conversation, Kind kind, @Nullable String upTo)
                throws Exception {
            signals.add(kind + " " + upTo);
            if (kind == Kind.TYPING) {
                hanging.await();
            }
        }
    }
}
