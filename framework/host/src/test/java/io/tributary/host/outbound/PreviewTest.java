package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Conversations;
import io.tributary.model.AccountId;
import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.Interaction;
import io.tributary.model.Json;
import io.tributary.model.Part;
import io.tributary.spi.Account;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Support;
import io.tributary.spi.Capabilities.Unit;
import io.tributary.spi.Conversation;
import io.tributary.spi.Line;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.SplitsText;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a preview")
final class PreviewTest {

    private static final int DRAFTS = 60;

    private final ManualClock clock = new ManualClock();
    private final ScriptedChannel channel = new ScriptedChannel();
    private Journals journals;
    private Member member;
    private ConversationId conversation;

    @BeforeEach
    void open() {
        journals = new Journals(clock);
        member = new Member(journals.journal(), clock, new Splitting(channel));
        conversation = member.conversation("100");
    }

    @AfterEach
    void close() {
        member.close();
        journals.close();
    }

    private Previewed preview(Content... contents) throws InterruptedException {
        return member.replies.preview(Reply.of(conversation, Member.draft(contents)));
    }

    private Previewed.Sendable sendable(Content... contents) throws InterruptedException {
        return (Previewed.Sendable) preview(contents);
    }

    private static List<List<Part>> parts(Previewed.Sendable previewed) {
        return previewed.sends().stream()
                .map(send -> send.parts().stream().map(Previewed.Carried::part).toList())
                .toList();
    }

    private List<List<Part>> inTheOutbox(Interaction interaction) {
        return member.journal.outbox().of(interaction.id()).stream()
                .map(send -> Carriage.of(send, member.journal).orElseThrow().parts())
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @DisplayName("says of any draft what the send then does: refusal, sends and what is lost")
    void isWhatTheSendThenDoes(long seed) throws InterruptedException {
        var any = new AnyDraft(seed);
        int taken = 0;
        int degraded = 0;
        for (int i = 0; i < DRAFTS; i++) {
            var capabilities = any.capabilities();
            channel.can(_ -> capabilities);
            var contents = any.contents().toArray(Content[]::new);
            var reply = Reply.of(conversation, Member.draft(contents));
            int rows = member.rows().size();

            var previewed = member.replies.preview(reply);

            assertThat(member.rows()).hasSize(rows);
            switch (previewed) {
                case Previewed.Unsendable(var why) ->
                        assertThat(member.replies.post(reply)).isEqualTo(why);
                case Previewed.Sendable sendable -> {
                    var interaction = member.taken(reply);
                    assertThat(interaction.extensions().get(Degraded.EXTENSION))
                            .isEqualTo(sendable.degraded());
                    assertThat(inTheOutbox(interaction)).isEqualTo(parts(sendable));
                    taken++;
                    degraded += sendable.degraded() == null ? 0 : 1;
                }
            }
        }
        assertThat(taken).isBetween(1, DRAFTS - 1);
        assertThat(degraded).isBetween(1, taken - 1);
        assertThat(channel.sent()).isEmpty();
    }

    @Test
    @DisplayName("shows what the provider is then handed")
    void isWhatTheProviderIsHanded() throws InterruptedException {
        channel.can(now -> now.together(2).with("location", Support.of(Level.FALLBACK)));
        Content[] contents = {Content.text("here:"), Content.location(1, 2)};
        var previewed = sendable(contents);

        member.reply(conversation, contents);
        member.start();

        await().until(() -> channel.sent().size() == 2);
        assertThat(channel.sent().stream().map(OutboundMessage::parts).toList())
                .isEqualTo(parts(previewed));
    }

    @Test
    @DisplayName("counts a text in the unit of the channel and in its segments")
    void measures() throws InterruptedException {
        var send = sendable(Content.text("one two 😀")).sends().getFirst();

        assertThat(send.parts().getFirst().text())
                .isEqualTo(
                        new Previewed.Measure(
                                9, Unit.CODE_POINTS, 20, List.of("one ", "two ", "😀")));
    }

    @Test
    @DisplayName("asks for the segments of all texts at once, and shows those that it was told")
    void segmentsOfSeveral() throws InterruptedException {
        var sends =
                sendable(Content.text("one two"), Content.text("odd"), Content.text("four five"))
                        .sends();

        assertThat(
                        sends.stream()
                                .map(send -> send.parts().getFirst().text())
                                .map(text -> text == null ? null : text.segments()))
                .containsExactly(List.of("one ", "two"), List.of(), List.of());
    }

    @Test
    @DisplayName("refuses a reply that has more than 100 parts once it is cut")
    void tooManyParts() throws InterruptedException {
        channel.can(
                now -> now.with("text", Support.of(Level.PARTIAL).length(10, Unit.CODE_POINTS)));
        var fifty = Content.text("x".repeat(500));

        assertThat(sendable(fifty, fifty).sends()).hasSize(100);
        assertThat(preview(fifty, fifty, Content.text("x")))
                .isEqualTo(
                        new Previewed.Unsendable(
                                Posted.Refused.CannotSend.because(
                                        "too-many-parts",
                                        "a reply has at most 100 parts, this has 101 with what is"
                                                + " cut to what the channel carries")));
    }

    @Test
    @DisplayName("tells of a note that it goes nowhere")
    void notes() throws InterruptedException {
        assertThat(preview(Content.note("was friendly")))
                .isEqualTo(new Previewed.Sendable(List.of(), null));
    }

    @Test
    @DisplayName("shows that somebody else holds the conversation")
    void claimed() throws InterruptedException {
        member.done(new Change.Claim(conversation, "bob", "Bob", clock.instant()));

        assertThat(preview(Content.text("hi")))
                .isEqualTo(new Previewed.Unsendable(new Posted.Refused.Claimed("bob", "Bob")));
    }

    @Test
    @DisplayName("shows choices that go as text with numbers to answer by")
    void numbersChoices() throws InterruptedException {
        channel.can(now ->
                now.with("text", Support.full())
                        .with("choices", Support.of(Level.PARTIAL).count(1)));
        var one = new Content.Choices("Size?", List.of(Choice.of("s", "Small")));
        var two =
                new Content.Choices(
                        "Size?",
                        List.of(
                                Choice.of("s", "Small"),
                                Choice.of("w", "All").leadingTo("https://shop.example/")));

        assertThat(parts(sendable(one))).containsExactly(List.of(new Part(1, one)));
        var previewed = sendable(two);
        assertThat(previewed.degraded())
                .isEqualTo(
                        Json.of(
                                """
                                {"asText":[1],"sent":[{"number":1,"type":"text",\
                                "text":"Size?\\n1. Small\\n2. All: https://shop.example/"}],\
                                "numbered":[{"id":"s","label":"Small"},\
                                {"id":"w","label":"All"}]}\
                                """));
        assertThat(parts(previewed))
                .containsExactly(
                        List.of(
                                new Part(
                                        1,
                                        Content.text(
                                                "Size?\n"
                                                        + "1. Small\n"
                                                        + "2. All: https://shop.example/"))));
    }

    @Test
    @DisplayName("shows the parts that a long text is cut into")
    void cutsTexts() throws InterruptedException {
        channel.can(now ->
                now.with("text", Support.of(Level.PARTIAL).length(10, Unit.CODE_POINTS))
                        .with("location", Support.full()));

        var previewed =
                sendable(
                        Content.location(1, 2),
                        Content.text("one two three"),
                        Content.location(3, 4));

        assertThat(previewed.degraded()).isEqualTo(Json.of("{\"cut\":[[2,3]]}"));
        assertThat(parts(previewed))
                .containsExactly(
                        List.of(new Part(1, Content.location(1, 2))),
                        List.of(new Part(2, Content.text("one two "))),
                        List.of(new Part(3, Content.text("three"))),
                        List.of(new Part(4, Content.location(3, 4))));
        assertThat(preview(Content.text("x".repeat(501)))).isInstanceOf(Previewed.Unsendable.class);
    }

    @Test
    @DisplayName(
            "shows the cards of a carousel with too many of them, as text where they cannot go")
    void dealsCards() throws InterruptedException {
        channel.can(now ->
                now.with("carousel", Support.of(Level.PARTIAL).count(1))
                        .with("card", Support.full().count(1)));
        var one = new Content.Card("One", null, null, List.of(Choice.of("a", "Buy")));
        var two = new Content.Card("Two", null, null, List.of());
        var many =
                new Content.Card(
                        "M", null, null, List.of(Choice.of("a", "A"), Choice.of("b", "B")));

        var previewed = sendable(new Content.Carousel(List.of(one, two)));
        assertThat(previewed.degraded()).isEqualTo(Json.of("{\"cut\":[[1,2]]}"));
        assertThat(parts(previewed))
                .containsExactly(List.of(new Part(1, one)), List.of(new Part(2, two)));

        assertThat(parts(sendable(new Content.Carousel(List.of(two, many)))))
                .containsExactly(List.of(new Part(1, Content.text("Two\nM\n1. A\n2. B"))));
    }

    @Test
    @DisplayName("shows that a part is lost, and refuses where nothing else would go")
    void losesParts() throws InterruptedException {
        channel.can(now -> now.with("location", Support.of(Level.LOST)));
        var text = new Part(2, Content.text("here"));

        var previewed = sendable(Content.location(1, 2), Content.text("here"));
        assertThat(previewed.degraded()).isEqualTo(Json.of("{\"lost\":[1]}"));
        assertThat(parts(previewed)).containsExactly(List.of(text));
        assertThat(preview(Content.location(1, 2))).isInstanceOf(Previewed.Unsendable.class);
    }

    @Test
    @DisplayName("of what cannot go says what would: other conversations, other content")
    void alternatives() throws InterruptedException {
        var reply = Reply.of(conversation, Member.text("hi"));
        var stored = member.journal.conversations().byId(conversation).orElseThrow();
        var elsewhere = member.ids.conversation();
        var claimed = member.ids.conversation();
        member.done(
                another(elsewhere, stored, "second"),
                another(claimed, stored, "third"),
                new Change.Claim(claimed, "bob", "Bob", clock.instant()));
        assertThat(alternatives(reply, "opted-out"))
                .containsExactly(
                        new Alternative.OtherConversation(
                                elsewhere, TestAccount.CHANNEL, TestAccount.ID));
        assertThat(
                        member.replies.alternatives(
                                reply,
                                Posted.Refused.CannotSend.because("opted-out", ""),
                                Set.of(AccountId.of("other"))))
                .isEmpty();

        channel.can(now ->
                now.window(Capabilities.Window.closed("template", "card"))
                        .with("template", Support.full()));

        assertThat(alternatives(reply, "window-closed"))
                .containsExactly(new Alternative.OtherContent(List.of("template")));
        assertThat(alternatives(reply, "opted-out")).isEmpty();
    }

    @Test
    @DisplayName("of what cannot go says which conversations may be begun instead")
    void beginnings() throws InterruptedException {
        var stored = member.journal.conversations().byId(conversation).orElseThrow();
        var ended = member.ids.conversation();
        var silent = member.ids.conversation();
        member.done(
                another(ended, stored, "desk", "200"),
                another(silent, stored, "desk", "300"),
                new Change.BindAddress(TestAccount.ID, "200", "200", stored.customer()),
                new Change.BindAddress(TestAccount.ID, "300", "300", stored.customer()));
        member.customerSays(ended, "hello from here");
        member.done(
                new Change.CloseConversation(ended, clock.instant()),
                new Change.CloseConversation(silent, clock.instant()));
        var reply = Reply.of(conversation, Member.text("hi"));
        channel.can(PreviewTest::onlyCustomersBegin);
        assertThat(alternatives(reply, "opted-out")).isEmpty();

        channel.can(Capabilities::start);

        assertThat(alternatives(reply, "opted-out"))
                .containsExactly(
                        new Alternative.NewConversation(
                                TestAccount.CHANNEL, TestAccount.ID, "desk", "200"));
    }

    @Test
    @DisplayName("shows the first words of a conversation that is to be begun, and begins none")
    void openings() throws InterruptedException {
        channel.can(now -> onlyCustomersBegin(now.with("location", Support.of(Level.FALLBACK))));
        var draft = Member.draft(Content.location(1, 2));
        var opening = new Opening(TestAccount.ID, "900", "desk", null, draft);
        assertThat(member.replies.preview(opening))
                .isEqualTo(
                        new Previewed.Unsendable(
                                Posted.Refused.CannotSend.because(
                                        "may-not-start", "on this channel only customers begin")));

        channel.can(Capabilities::start);
        int rows = member.rows().size();
        var previewed = (Previewed.Sendable) member.replies.preview(opening);

        assertThat(member.rows()).hasSize(rows);
        var interaction = ((Posted.Taken) member.replies.start(opening)).interaction();
        assertThat(inTheOutbox(interaction)).isEqualTo(parts(previewed));
        assertThat(interaction.extensions().get(Degraded.EXTENSION))
                .isEqualTo(previewed.degraded());
    }

    private static Capabilities onlyCustomersBegin(Capabilities now) {
        return new Capabilities(
                now.content(), now.together(), now.window(), now.rates(), now.receipts(), false);
    }

    private List<Alternative> alternatives(Reply reply, String code) throws InterruptedException {
        return member.replies.alternatives(
                reply, Posted.Refused.CannotSend.because(code, ""), Set.of());
    }

    private Change another(ConversationId id, Conversations.Conversation like, String line) {
        return another(id, like, line, like.address());
    }

    private Change another(
            ConversationId id, Conversations.Conversation like, String line, String address) {
        return new Change.OpenConversation(
                id,
                like.customer(),
                like.channel(),
                like.account(),
                line,
                address,
                null,
                "en",
                clock.instant());
    }

    /// The scripted channel, whose provider counts each word as a segment.
    private record Splitting(ScriptedChannel channel) implements Account, Sends, SplitsText {

        @Override
        public Capabilities capabilities(Conversation conversation) {
            return channel.capabilities(conversation);
        }

        @Override
        public List<Line> lines() {
            return channel.lines();
        }

        @Override
        public SendResult send(OutboundMessage message) throws InterruptedException {
            return channel.send(message);
        }

        @Override
        public List<String> split(String text) {
            if (text.equals("odd")) {
                throw new IllegalStateException("odd");
            }
            return List.of(text.split("(?<= )"));
        }
    }
}
