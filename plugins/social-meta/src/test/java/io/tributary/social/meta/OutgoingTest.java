package io.tributary.social.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Actor;
import io.tributary.model.Bytes;
import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.InteractionId;
import io.tributary.model.Json;
import io.tributary.spi.Conversation;
import io.tributary.spi.Health;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sent;
import io.tributary.testkit.Asked;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.LoopbackProvider;
import io.tributary.testkit.Turn;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutgoingTest {

    private static final OutboundMessage.Reference EARLIER =
            new OutboundMessage.Reference(
                    new InteractionId(new UUID(0x7000L, 9)), List.of("wamid.EARLIER"));

    private final FakeHost host = new FakeHost();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    @DisplayName("a text goes to the number, with the key that statuses bring back")
    void text() throws Exception {
        var asked = asked(Sample.taken(), whatsApp(Content.text("Yes. äöå 👍")));

        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.target()).isEqualTo("/v23.0/106540352242922/messages");
        assertThat(asked.header("authorization")).isEqualTo("Bearer " + Sample.ACCESS_TOKEN);
        assertThat(body(asked))
                .isEqualTo(
                        """
                        {"messaging_product":"whatsapp","recipient_type":"individual",\
                        "to":"+16505551234","biz_opaque_callback_data":"tributary:0199-key-1",\
                        "type":"text","text":{"body":"Yes. äöå 👍"}}\
                        """);
    }

    @Test
    @DisplayName("who is known by an id alone is written to by it, and a group as a group")
    void otherAddresses() throws Exception {
        var scoped = asked(Sample.taken(), to(Sample.BSUID, Content.text("a")));
        var group = asked(Sample.taken(), to("Y2FwaV9ncm91cDox", Content.text("a")));

        assertThat(body(scoped))
                .contains("\"recipient\":\"" + Sample.BSUID + "\"")
                .doesNotContain("\"to\"");
        assertThat(body(group))
                .contains("\"recipient_type\":\"group\",\"to\":\"Y2FwaV9ncm91cDox\"");
    }

    @Test
    @DisplayName("an answer quotes what it answers, a reaction names it, and takes itself back")
    void references() throws Exception {
        var answer = asked(Sample.taken(), whatsApp(Content.text("a")).inReplyTo(EARLIER));
        var added = whatsApp(new Content.Reaction("👍", true)).target(EARLIER);
        var removed = whatsApp(new Content.Reaction("👍", false)).target(EARLIER);

        assertThat(body(answer)).contains("\"context\":{\"message_id\":\"wamid.EARLIER\"}");
        assertThat(body(asked(Sample.taken(), added)))
                .contains("\"reaction\":{\"message_id\":\"wamid.EARLIER\",\"emoji\":\"👍\"}");
        assertThat(body(asked(Sample.taken(), removed))).contains("\"emoji\":\"\"");
    }

    @Test
    @DisplayName("three choices are buttons, more of them or such with more words a list")
    void choices() throws Exception {
        var few = Content.choices("Which?", Choice.of("r", "Red"), Choice.of("b", "Blue"));
        var many =
                Content.choices(
                        "Which?",
                        Choice.of("1", "One").under("Numbers").describedAs("the first"),
                        Choice.of("2", "Two").under("Numbers"),
                        Choice.of("3", "Three"),
                        Choice.of("4", "Four"));

        assertThat(interactive(few))
                .isEqualTo(
                        """
                        {"type":"button","body":{"text":"Which?"},"action":{"buttons":[\
                        {"type":"reply","reply":{"id":"r","title":"Red"}},\
                        {"type":"reply","reply":{"id":"b","title":"Blue"}}]}}\
                        """);
        assertThat(interactive(many))
                .isEqualTo(
                        """
                        {"type":"list","body":{"text":"Which?"},"action":{"button":"☰","sections":[\
                        {"rows":[{"id":"1","title":"One","description":"the first"},\
                        {"id":"2","title":"Two"}],"title":"Numbers"},\
                        {"rows":[{"id":"3","title":"Three"},{"id":"4","title":"Four"}],\
                        "title":"…"}]}}\
                        """);
    }

    @Test
    @DisplayName("a single link is a button; beside others it stands below the words")
    void links() throws Exception {
        var link = Choice.of("w", "Shop").leadingTo("https://shop.example/");

        assertThat(interactive(Content.choices("Look", link)))
                .isEqualTo(
                        """
                        {"type":"cta_url","body":{"text":"Look"},"action":{"name":"cta_url",\
                        "parameters":{"display_text":"Shop","url":"https://shop.example/"}}}\
                        """);
        assertThat(interactive(Content.choices("Look", link, Choice.of("n", "No"))))
                .contains("\"text\":\"Look\\u000aShop: https://shop.example/\"")
                .contains("\"title\":\"No\"");
    }

    @Test
    @DisplayName("a card is its picture, its words and its buttons")
    void cards() throws Exception {
        var picture = media(Content.Media.Kind.IMAGE, "image/png", null);
        var card = new Content.Card("Shoe", "In blue", picture, List.of(Choice.of("b", "Buy")));
        var bare = new Content.Card("Shoe", "In blue", picture, List.of());

        assertThat(interactive(card))
                .startsWith(
                        "{\"type\":\"button\",\"header\":{\"type\":\"image\",\"image\":{\"link\":\"")
                .contains("\"body\":{\"text\":\"Shoe\\u000aIn blue\"}");
        assertThat(body(asked(Sample.taken(), whatsApp(bare))))
                .contains("\"type\":\"image\"")
                .contains("\"caption\":\"Shoe\\u000aIn blue\"");
    }

    @Test
    @DisplayName("files go by a link, with name and caption where WhatsApp shows them")
    void files() throws Exception {
        var bill = media(Content.Media.Kind.FILE, "application/pdf", "The bill").named("bill.pdf");
        var voice = media(Content.Media.Kind.VOICE, "audio/ogg", null);

        assertThat(body(asked(Sample.taken(), whatsApp(bill))))
                .contains("\"type\":\"document\",\"document\":{\"link\":\"https://")
                .contains("\"caption\":\"The bill\",\"filename\":\"bill.pdf\"");
        assertThat(body(asked(Sample.taken(), whatsApp(voice)))).contains("\"voice\":true");
    }

    @Test
    @DisplayName("a caption that has no place below a file follows it, and only it is tried again")
    void captionFollows() throws Exception {
        var sound = media(Content.Media.Kind.AUDIO, "audio/mpeg", "Listen");
        try (var meta = LoopbackProvider.playing(Sample.taken(), Turn.answer(429), Sample.taken());
                var account = host.open(new MetaChannel(), Sample.settings(meta.uri()))) {
            var first = account.send(whatsApp(sound));
            assertThat(first).isInstanceOf(SendResult.Retry.class);
            assertThat(first.sent()).containsExactly(Sent.whole("wamid.SENT"));

            var second = account.send(whatsApp(sound).attempt(2, first.sent()));
            assertThat(second).isInstanceOf(SendResult.Accepted.class);
            assertThat(meta.asked()).hasSize(3);
            assertThat(body(meta.asked().getFirst()))
                    .contains("\"type\":\"audio\"")
                    .as("its status says nothing of the caption")
                    .doesNotContain(Sample.KEY);
            assertThat(body(meta.asked().getLast())).contains("\"body\":\"Listen\"", Sample.KEY);
        }
    }

    @Test
    @DisplayName("choices and cards that are too long to be pressed go as a text that lists them")
    void tooLong() throws Exception {
        var shop = Choice.of("w", "Shop").leadingTo("https://shop.example/" + "x".repeat(300));
        var yes = Choice.of("y", "Yes");
        var choices = Content.choices("q".repeat(800), yes, shop);
        var card = new Content.Card("t".repeat(300), "u".repeat(900), null, List.of(yes));
        var link = new Content.Card("t".repeat(300), "u".repeat(900), null, List.of(shop));
        var id = Content.choices("Which?", Choice.of("i".repeat(257), "Odd"), yes);
        var row = Choice.of("i".repeat(201), "Odd").describedAs("in a list");

        assertThat(body(asked(Sample.taken(), whatsApp(choices))))
                .contains("\"type\":\"text\"", "\\u000a- Yes\\u000aShop: https://shop.example/x");
        assertThat(body(asked(Sample.taken(), whatsApp(card))))
                .contains("\"type\":\"text\"", "u\\u000a- Yes");
        assertThat(body(asked(Sample.taken(), whatsApp(link))))
                .contains("\"type\":\"text\"", "Shop: https://");
        assertThat(body(asked(Sample.taken(), whatsApp(id))))
                .contains("\"body\":\"Which?\\u000a- Odd\\u000a- Yes\"");
        assertThat(body(asked(Sample.taken(), whatsApp(Content.choices("Which?", row)))))
                .contains("\"body\":\"Which?\\u000a- Odd\"");
    }

    @Test
    @DisplayName("a card's words follow its picture where they are too long to stand below it")
    void longWordsOfAPicture() throws Exception {
        var picture = media(Content.Media.Kind.IMAGE, "image/png", null);
        var card = new Content.Card("Shoe", "u".repeat(1_100), picture, List.of());
        try (var meta = LoopbackProvider.playing(Sample.taken(), Sample.taken());
                var account = host.open(new MetaChannel(), Sample.settings(meta.uri()))) {
            assertThat(account.send(whatsApp(card))).isInstanceOf(SendResult.Accepted.class);

            assertThat(body(meta.asked().getFirst()))
                    .contains("\"type\":\"image\"")
                    .doesNotContain("caption");
            assertThat(body(meta.asked().getLast())).contains("\"body\":\"Shoe\\u000auuu");
        }
    }

    @Test
    @DisplayName("a line whose own token is refused waits alone, and operators hear of it")
    void oneLineWaits() throws Exception {
        var refused = Turn.answer(401).body("application/json", "{\"error\":{\"code\":190}}");

        assertThat(send(refused, page(Content.text("a"))))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> assertThat(retry.scope()).isEqualTo(Scope.LINE));
        assertThat(host.reported())
                .last()
                .satisfies(health -> {
                    assertThat(health.state()).isEqualTo(Health.State.DEGRADED);
                    assertThat(health.text()).contains(Sample.PAGE, "access token");
                });
        assertThat(send(refused, whatsApp(Content.text("a"))))
                .isInstanceOf(SendResult.AccountStopped.class);
    }

    @Test
    @DisplayName("a template's values go where their names say")
    void templates() throws Exception {
        var template =
                new Content.Template(
                        "order_confirmation",
                        Locale.forLanguageTag("pt-BR"),
                        Map.of(
                                "2",
                                "Friday",
                                "1",
                                "Ada",
                                "header.image",
                                "https://x.example/i.png",
                                "button.url.0",
                                "order/7"));

        assertThat(body(asked(Sample.taken(), whatsApp(template))))
                .contains("\"name\":\"order_confirmation\",\"language\":{\"code\":\"pt_BR\"}")
                .contains(
                        """
                        {"type":"header","parameters":[{"type":"image",\
                        "image":{"link":"https://x.example/i.png"}}]}\
                        """)
                .contains(
                        """
                        {"type":"body","parameters":[{"type":"text","text":"Ada"},\
                        {"type":"text","text":"Friday"}]}\
                        """)
                .contains(
                        """
                        {"type":"button","sub_type":"url","index":"0",\
                        "parameters":[{"type":"text","text":"order/7"}]}\
                        """);
    }

    @Test
    @DisplayName("places, people and whatever else WhatsApp offers")
    void others() throws Exception {
        var place = new Content.Location(47.07, 15.43, null, "Clock tower", "Graz", null);
        var card =
                new Content.ContactCard(
                        "Ada",
                        "Engines",
                        List.of(new Content.ContactCard.Reach("phone", "+43316000", "work")));
        var flow = Content.custom("whatsapp.interactive", Json.of("{\"type\":\"flow\"}"), "Flow");

        assertThat(body(asked(Sample.taken(), whatsApp(place))))
                .contains("\"location\":{\"latitude\":47.07,\"longitude\":15.43,\"name\":\"Clock");
        assertThat(body(asked(Sample.taken(), whatsApp(card))))
                .contains("\"formatted_name\":\"Ada\"")
                .contains("\"phones\":[{\"phone\":\"+43316000\",\"type\":\"work\"}]");
        assertThat(interactive(flow)).isEqualTo("{\"type\":\"flow\"}");
    }

    @Test
    @DisplayName("the number that WhatsApp really used is told")
    void otherNumber() throws Exception {
        var answer =
                Turn.answer(200)
                        .body(
                                "application/json",
                                """
                                {"contacts":[{"input":"+525512345678","wa_id":"5215512345678"}],\
                                "messages":[{"id":"wamid.MX"}]}\
                                """);

        assertThat(send(answer, to("+525512345678", Content.text("a"))))
                .isInstanceOfSatisfying(
                        SendResult.Accepted.class,
                        accepted -> {
                            assertThat(accepted.address()).isEqualTo("+5215512345678");
                            assertThat(accepted.sent()).containsExactly(Sent.whole("wamid.MX"));
                        });
    }

    @Test
    @DisplayName(
            "Messenger takes texts, quick replies, buttons that lead away, cards beside each other")
    void messenger() throws Exception {
        var choices = Content.choices("Which?", Choice.of("r", "Red"), Choice.of("b", "Blue"));
        var links =
                Content.choices("Look", Choice.of("w", "Shop").leadingTo("https://shop.example/"));
        var card = new Content.Card("Shoe", "In blue", null, List.of(Choice.of("b", "Buy")));

        var text = asked(Sample.takenByPage(), page(Content.text("hi")));
        assertThat(text.target()).isEqualTo("/v23.0/1069652345/messages");
        assertThat(text.header("authorization")).isEqualTo("Bearer " + Sample.PAGE_TOKEN);
        assertThat(body(text))
                .isEqualTo(
                        """
                        {"recipient":{"id":"7158295130868431"},"messaging_type":"RESPONSE",\
                        "message":{"text":"hi","metadata":"tributary:0199-key-1"}}\
                        """);
        assertThat(body(asked(Sample.takenByPage(), page(choices))))
                .contains("{\"content_type\":\"text\",\"title\":\"Red\",\"payload\":\"r\"}");
        assertThat(body(asked(Sample.takenByPage(), page(links))))
                .contains("\"template_type\":\"button\",\"text\":\"Look\"")
                .contains("\"type\":\"web_url\",\"title\":\"Shop\"");
        assertThat(
                        body(
                                asked(
                                        Sample.takenByPage(),
                                        page(new Content.Carousel(List.of(card, card))))))
                .contains("\"template_type\":\"generic\",\"elements\":[{\"title\":\"Shoe\"");
        assertThat(body(asked(Sample.takenByPage(), page(Content.text("a")).inReplyTo(EARLIER))))
                .contains("\"reply_to\":{\"mid\":\"wamid.EARLIER\"}");
    }

    @Test
    @DisplayName("a card that is too long for Messenger is refused without a call")
    void longCard() throws Exception {
        var card = new Content.Card("x".repeat(81), null, null, List.of());

        try (var meta = LoopbackProvider.playing(Sample.takenByPage());
                var account = host.open(new MetaChannel(), Sample.settings(meta.uri()))) {
            assertThat(account.send(page(new Content.Carousel(List.of(card)))))
                    .isInstanceOf(SendResult.Rejected.class);
            assertThat(meta.asked()).isEmpty();
        }
    }

    @Test
    @DisplayName("Instagram reacts, and carries no key")
    void instagram() throws Exception {
        var reaction = new Content.Reaction("❤️", true);
        var answer = Turn.answer(200).body("application/json", "{\"recipient_id\":\"1\"}");

        assertThat(body(asked(Sample.takenByPage(), instagram(Content.text("hi")))))
                .doesNotContain("metadata");
        assertThat(body(asked(answer, instagram(reaction).target(EARLIER))))
                .contains("\"sender_action\":\"react\"")
                .contains("\"payload\":{\"message_id\":\"wamid.EARLIER\",\"reaction\":\"love\"}");
        assertThat(send(answer, instagram(reaction).target(EARLIER)))
                .isInstanceOf(SendResult.Accepted.class);
    }

    @Test
    @DisplayName("after a day people answer as people, and programs do not")
    void humanAgent() throws Exception {
        var now = host.clock().instant();
        var late =
                Sample.conversation(Platform.MESSENGER)
                        .lastFromCustomer(now.minus(Duration.ofHours(25)));
        var person = message(late, now, Content.text("a")).by(Actor.agent("ada", "Ada"));
        var program = message(late, now, Content.text("a")).by(Actor.bot("bot", null));

        assertThat(body(asked(Sample.takenByPage(), person)))
                .contains("\"messaging_type\":\"MESSAGE_TAG\",\"tag\":\"HUMAN_AGENT\"");
        try (var meta = LoopbackProvider.playing(Sample.takenByPage());
                var account = host.open(new MetaChannel(), Sample.settings(meta.uri()))) {
            assertThat(account.send(program)).isInstanceOf(SendResult.Rejected.class);
            assertThat(meta.asked()).isEmpty();
        }
    }

    @Test
    @DisplayName("nothing is sent over a line that is none, or in a form that no platform has")
    void refused() throws Exception {
        var elsewhere =
                Conversation.of(
                        Sample.conversation(Platform.WHATSAPP).id(),
                        Sample.conversation(Platform.WHATSAPP).channel(),
                        FakeHost.ACCOUNT,
                        "../me",
                        "+1");
        try (var meta = LoopbackProvider.playing(Sample.taken());
                var account = host.open(new MetaChannel(), Sample.settings(meta.uri()))) {
            for (var message :
                    List.of(
                            message(elsewhere, host.clock().instant(), Content.text("a")),
                            whatsApp(new Content.Deleted()).target(EARLIER),
                            whatsApp(new Content.Reaction("👍", true)),
                            page(new Content.Reaction("👍", true)).target(EARLIER),
                            page(Content.location(1, 1)),
                            whatsApp(Content.choices("q".repeat(4_095), Choice.of("y", "Yes"))),
                            instagram(media(Content.Media.Kind.FILE, "text/plain", null)))) {
                assertThat(account.send(message)).isInstanceOf(SendResult.Rejected.class);
            }
            assertThat(meta.asked()).isEmpty();
        }
    }

    private String interactive(Content content) throws Exception {
        var body = body(asked(Sample.taken(), whatsApp(content)));
        assertThat(body).contains("\"type\":\"interactive\"");
        return JsonSource.read(Bytes.utf8(body)).at("interactive").json().text();
    }

    private Asked asked(Turn.Answer answer, OutboundMessage message) throws Exception {
        try (var meta = LoopbackProvider.playing(answer);
                var account = host.open(new MetaChannel(), Sample.settings(meta.uri()))) {
            assertThat(account.send(message)).isInstanceOf(SendResult.Accepted.class);
            return meta.asked().getFirst();
        }
    }

    private SendResult send(Turn.Answer answer, OutboundMessage message) throws Exception {
        try (var meta = LoopbackProvider.playing(answer);
                var account = host.open(new MetaChannel(), Sample.settings(meta.uri()))) {
            return account.send(message);
        }
    }

    private static String body(Asked asked) {
        return asked.body().utf8();
    }

    private Content.Media media(Content.Media.Kind kind, String type, @Nullable String caption)
            throws Exception {
        var bytes = new ByteArrayInputStream(new byte[] {1, 2, 3});
        var id = host.media().keep(bytes, null, type);
        return Content.Media.stored(kind, id, type).captioned(caption);
    }

    private OutboundMessage whatsApp(Content content) {
        return to(Sample.CUSTOMER, content);
    }

    private OutboundMessage to(String address, Content content) {
        var conversation = Sample.conversation(Platform.WHATSAPP, Sample.NUMBER, address);
        return message(conversation, host.clock().instant(), content);
    }

    private OutboundMessage page(Content content) {
        var conversation = Sample.conversation(Platform.MESSENGER);
        return message(conversation, host.clock().instant(), content);
    }

    private OutboundMessage instagram(Content content) {
        var conversation = Sample.conversation(Platform.INSTAGRAM);
        return message(conversation, host.clock().instant(), content);
    }

    private static OutboundMessage message(
            Conversation conversation, Instant now, Content content) {
        return Sample.message(conversation, now, content);
    }
}
