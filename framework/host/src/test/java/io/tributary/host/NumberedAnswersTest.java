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
import io.tributary.host.outbound.Reply;
import io.tributary.host.outbound.Terms;
import io.tributary.host.outbound.Wires;
import io.tributary.json.InteractionJson;
import io.tributary.model.AccountId;
import io.tributary.model.Actor;
import io.tributary.model.Bytes;
import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.Json;
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
import io.tributary.spi.Party;
import io.tributary.spi.RawEvent;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.Translates;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With both directions of a member at work.
@DisplayName("choices that went as numbered text")
final class NumberedAnswersTest {

    private static final AccountId ACCOUNT = AccountId.of("pager-us");
    private static final Content.Choices SIZES =
            new Content.Choices(
                    "Size?", List.of(Choice.of("s", "Small"), Choice.of("m", "Medium")));

    private static final Set<Outbox.State> OVER =
            Set.of(Outbox.State.ACCEPTED, Outbox.State.REJECTED);

    @TempDir Path folder = Path.of("");

    private final Pager pager = new Pager();
    private final AtomicInteger events = new AtomicInteger();
    private final Watchdog watchdog = new Watchdog();
    private volatile Duration ahead = Duration.ZERO;
    private final InstantSource clock = () -> Instant.now().plus(ahead);
    private final BoundedCalls calls =
            new BoundedCalls(
                    new PluginVersion("pager", "1.0.0"),
                    NumberedAnswersTest.class.getClassLoader(),
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
    private Interaction asked;
    private ConversationId conversation;

    @BeforeEach
    void open() throws InterruptedException {
        var ids = new TimeOrderedIds(clock);
        var meters = new SimpleMeterRegistry();
        journal = SqliteJournal.open(folder, JournalOptions.standard());
        inbox = new Inbox(journal, ids, clock, (_, _) -> {}, meters);
        var _ = journal.onCommit(inbox::committed);
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
                        meters,
                        Pace.USUAL,
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
        asked = taken(replies.start(new Opening(ACCOUNT, "+1", "desk", null, draft(SIZES))));
        conversation = asked.conversation();
        dispatchers.start();
        over(asked);
    }

    @AfterEach
    void close() {
        dispatchers.close();
        calls.close();
        watchdog.close();
        journal.close();
    }

    @Test
    @DisplayName("are answered by the number, once; what was written stays beside the choice")
    void byNumber() {
        var answer = says(" 2. ");

        assertThat(answer.content()).isEqualTo(new Content.ChoiceMade("m", "Medium"));
        assertThat(answer.extensions()).containsEntry("tributary.said", Json.string(" 2. "));
        assertThat(answer.inReplyTo()).isEqualTo(Target.known(asked.id()));
        assertThat(says("1").content()).isEqualTo(Content.text("1"));
    }

    @Test
    @DisplayName("are answered by the label, also after other words of the customer")
    void byLabel() {
        assertThat(says("Is there a fitting room?").content()).isInstanceOf(Content.Text.class);
        assertThat(says("sMALL").content()).isEqualTo(new Content.ChoiceMade("s", "Small"));
    }

    @Test
    @DisplayName("are not answered by numbers that stand for none")
    void otherNumbers() {
        for (var text : List.of("0", "3", "22", "2 of them", "-1", "99999999999")) {
            assertThat(says(text).content()).isEqualTo(Content.text(text));
        }
    }

    @Test
    @DisplayName("are not answered once our side has said more: what is said may be about that")
    void overtaken() throws InterruptedException {
        ask(Reply.of(conversation, draft(Content.text("How many?"))));

        for (var text : List.of("2", "Medium")) {
            assertThat(says(text).content()).isEqualTo(Content.text(text));
        }
    }

    @Test
    @DisplayName("are answered for a day")
    void longAgo() {
        ahead = Duration.ofHours(25);
        assertThat(says("2").content()).isEqualTo(Content.text("2"));
        ahead = Duration.ofHours(23);
        assertThat(says("2").content()).isEqualTo(new Content.ChoiceMade("m", "Medium"));
    }

    @Test
    @DisplayName(
            "are not answered by words about an older message, but by those about the question")
    void quoted() {
        pager.quoted = "of-yesterday";
        assertThat(says("2").content()).isEqualTo(Content.text("2"));
        pager.quoted = journal.outbox().of(asked.id()).getFirst().key();
        assertThat(says("2").content()).isEqualTo(new Content.ChoiceMade("m", "Medium"));
    }

    @Test
    @DisplayName("are not answered by what is the number of one and the label of another")
    void ambiguous() throws InterruptedException {
        var nights =
                new Content.Choices(
                        "Nights?",
                        List.of(Choice.of("two", "2"), Choice.of("3", "3"), Choice.of("4", "4")));
        ask(Reply.of(conversation, draft(nights)));

        for (var text : List.of("2", "2.", "3")) {
            assertThat(says(text).content()).isEqualTo(Content.text(text));
        }
        assertThat(says("1").content()).isEqualTo(new Content.ChoiceMade("two", "2"));
        ask(Reply.of(conversation, draft(nights)));
        assertThat(says("4").content()).isEqualTo(new Content.ChoiceMade("4", "4"));
    }

    @Test
    @DisplayName("are the last ones that were asked")
    void theLast() throws InterruptedException {
        var colours = new Content.Choices("Colour?", List.of(Choice.of("b", "Blue")));
        assertThat(says("well").content()).isEqualTo(Content.text("well"));
        ask(Reply.of(conversation, draft(colours)));

        assertThat(says("2").content()).isEqualTo(Content.text("2"));
        assertThat(says("1").content()).isEqualTo(new Content.ChoiceMade("b", "Blue"));
    }

    @Test
    @DisplayName("are answered once, whichever member is told, and whatever it remembers")
    void onAnotherMember() {
        var other =
                new Inbox(
                        journal,
                        new TimeOrderedIds(clock),
                        clock,
                        (_, _) -> {},
                        new SimpleMeterRegistry());
        // 7 stands for none; by now the other remembers what was asked, and nobody tells it more
        assertThat(says(other, "7").content()).isEqualTo(Content.text("7"));
        assertThat(says("2").content()).isInstanceOf(Content.ChoiceMade.class);

        assertThat(says(other, "1").content()).isEqualTo(Content.text("1"));
    }

    @Test
    @DisplayName("are answered once by what comes at once")
    void atOnce() {
        var _ =
                inbox.deliver(account, pager, null, Delivery.of(List.of(event("1"), event("2"))))
                        .join();

        assertThat(contents(2))
                .containsExactly(new Content.ChoiceMade("s", "Small"), Content.text("2"));
    }

    @Test
    @DisplayName("are answered by nobody where they never left")
    void neverLeft() throws InterruptedException {
        pager.jammed = true;
        ask(Reply.of(conversation, draft(SIZES)));

        assertThat(says("2").content()).isEqualTo(Content.text("2"));
    }

    @Test
    @DisplayName("are told from those that went as buttons: these need no number")
    void buttons() throws InterruptedException {
        pager.buttons = true;
        ask(Reply.of(conversation, draft(SIZES)));

        assertThat(says("2").content()).isEqualTo(Content.text("2"));
    }

    private static Draft draft(Content content) {
        return Draft.of(Actor.agent("anna", "Anna"), List.of(new Part(1, content)));
    }

    private void ask(Reply reply) throws InterruptedException {
        over(taken(replies.post(reply)));
    }

    /// Waits until it is known what became of it.
    private void over(Interaction interaction) {
        await().until(() ->
                OVER.contains(journal.outbox().of(interaction.id()).getFirst().state()));
    }

    private static Interaction taken(Posted posted) {
        return ((Posted.Taken) posted).interaction();
    }

    private Interaction says(String text) {
        return says(inbox, text);
    }

    private Interaction says(Inbox member, String text) {
        var _ = member.deliver(account, pager, null, Delivery.of(List.of(event(text)))).join();
        return last(1).getFirst();
    }

    private RawEvent event(String text) {
        return RawEvent.of(
                "word", Bytes.utf8(text), Dedupe.key("event " + events.incrementAndGet()));
    }

    private List<Content> contents(int count) {
        return last(count).stream().map(Interaction::content).toList();
    }

    /// What the customer said last.
    private List<Interaction> last(int count) {
        var said =
                journal.log().after(0, Filter.ALL, 1_000).rows().stream()
                        .filter(row -> row.direction() == Direction.INBOUND)
                        .filter(row -> !row.type().equals("receipt"))
                        .map(row -> InteractionJson.decode(row.body().toArray(), row.position()))
                        .toList();
        return said.subList(said.size() - count, said.size());
    }

    /// Shows text only, or buttons too.
    private static final class Pager implements Account, Sends, Translates {

        private volatile boolean buttons;
        private volatile boolean jammed;
        private volatile @Nullable String quoted;

        @Override
        public Capabilities capabilities(Conversation conversation) {
            return Capabilities.NONE
                    .with("text", Capabilities.Support.full())
                    .with(
                            "choices",
                            Capabilities.Support.of(
                                    buttons
                                            ? Capabilities.Level.FULL
                                            : Capabilities.Level.FALLBACK))
                    .start();
        }

        @Override
        public List<Line> lines() {
            return List.of(Line.of("desk", "Desk"));
        }

        @Override
        public SendResult send(OutboundMessage message) {
            return jammed
                    ? SendResult.rejected("jammed", "the pager is jammed")
                    : SendResult.accepted(message.key());
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            var said =
                    Inbound.of("desk", Party.of("+1"), Content.text(arrival.event().body().utf8()));
            var about = quoted;
            return List.of(about == null ? said : said.inReplyTo(about));
        }
    }
}
