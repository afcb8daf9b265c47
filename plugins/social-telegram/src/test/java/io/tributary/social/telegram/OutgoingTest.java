package io.tributary.social.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.Content.Media;
import io.tributary.model.Part;
import io.tributary.model.Span;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import io.tributary.spi.SendsSignals;
import io.tributary.telegram.simulator.TelegramSimulator;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.LoopbackProvider;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What is sent, and what becomes of it, at a Telegram that keeps its rules.
class OutgoingTest {

    private static final long CHAT = Long.parseLong(Sample.CUSTOMER);
    private static final long SUPERGROUP = -1_001_234_567_890L;

    private TelegramSimulator telegram;
    private FakeHost host;
    private HostedAccount account;

    @BeforeEach
    void open() throws Exception {
        telegram = TelegramSimulator.start(0, Sample.TOKEN);
        telegram.customers().open(CHAT);
        host = new FakeHost();
        account = host.open(new TelegramChannel(), Sample.settings(telegram.uri()));
    }

    @AfterEach
    void close() throws Exception {
        account.close();
        host.close();
        telegram.close();
    }

    private ObjectNode arrived() {
        return telegram.customers().chat(CHAT).getLast();
    }

    private String sent(Content content) {
        var result = account.send(Sample.message(content));
        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        return result.sent().getFirst().externalId();
    }

    @Test
    @DisplayName("a text arrives with its formatting")
    void text() {
        var id =
                sent(
                        new Content.Text(
                                "👍 bold link code @you",
                                List.of(
                                        Span.of(3, 4, Span.Kind.BOLD),
                                        new Span(8, 4, Span.Kind.LINK, "https://a.example"),
                                        Span.of(13, 4, Span.Kind.CODE),
                                        new Span(18, 4, Span.Kind.MENTION, "@you"),
                                        new Span(0, 2, Span.Kind.LINK, "javascript:alert(1)"))));

        assertThat(id).isEqualTo(Sample.CUSTOMER + ":" + arrived().path("message_id"));
        assertThat(arrived().path("text").stringValue()).isEqualTo("👍 bold link code @you");
        assertThat(arrived().path("entities").values())
                .extracting(entity -> entity.path("type").stringValue())
                .containsExactly("bold", "text_link", "code");
    }

    @Test
    @DisplayName("choices are buttons that come back as what was chosen")
    void choices() {
        sent(
                Content.choices(
                        "Which size?",
                        Choice.of("s", "Small").describedAs("up to 1 kg"),
                        Choice.of("w", "Website").leadingTo("https://a.example")));

        assertThat(arrived().path("text").stringValue())
                .isEqualTo("Which size?\nSmall: up to 1 kg");
        assertThat(arrived().path("reply_markup").toString())
                .isEqualTo(
                        "{\"inline_keyboard\":[[{\"text\":\"Small\",\"callback_data\":\"s\"}],"
                                + "[{\"text\":\"Website\",\"url\":\"https://a.example\"}]]}");
        var question = "?".repeat(4090);
        sent(Content.choices(question, Choice.of("s", "Small").describedAs("up to 1 kg")));
        assertThat(arrived().path("text").stringValue()).isEqualTo(question);

        var tooLong = Content.choices("?", Choice.of("é".repeat(33), "x"));
        assertThat(account.send(Sample.message(tooLong))).isInstanceOf(SendResult.Rejected.class);
    }

    @Test
    @DisplayName("places and contacts are what Telegram calls so")
    void others() {
        sent(Content.location(52.5, 13.4));
        assertThat(arrived().path("location").path("latitude").doubleValue()).isEqualTo(52.5);

        sent(new Content.Location(52.5, 13.4, null, "Shop", "1 Street", null));
        assertThat(arrived().path("venue").path("title").stringValue()).isEqualTo("Shop");

        var phone = new Content.ContactCard.Reach("phone", "+15550001", null);
        sent(new Content.ContactCard("Ann", null, List.of(phone)));
        assertThat(arrived().path("contact").path("phone_number").stringValue())
                .isEqualTo("+15550001");

        var mail = new Content.ContactCard.Reach("email", "ann@a.example", null);
        sent(new Content.ContactCard("Ann", null, List.of(mail)));
        assertThat(arrived().path("text").stringValue()).contains("ann@a.example");
    }

    @Test
    @DisplayName("each file goes by the method that shows it, others as documents")
    void files() throws Exception {
        assertThat(file(Media.Kind.IMAGE, "image/png")).isEqualTo("photo");
        assertThat(file(Media.Kind.IMAGE, "image/gif")).isEqualTo("animation");
        assertThat(file(Media.Kind.IMAGE, "image/tiff")).isEqualTo("document");
        assertThat(file(Media.Kind.VIDEO, "video/mp4")).isEqualTo("video");
        assertThat(file(Media.Kind.VIDEO, "video/x-matroska")).isEqualTo("document");
        assertThat(file(Media.Kind.AUDIO, "audio/mpeg")).isEqualTo("audio");
        assertThat(file(Media.Kind.VOICE, "audio/ogg; codecs=opus")).isEqualTo("voice");
        assertThat(file(Media.Kind.VOICE, "audio/mp4")).isEqualTo("voice");
        assertThat(file(Media.Kind.VOICE, "audio/wav")).isEqualTo("document");
        assertThat(file(Media.Kind.STICKER, "image/webp")).isEqualTo("sticker");
        assertThat(file(Media.Kind.FILE, "application/pdf")).isEqualTo("document");
    }

    private String file(Media.Kind kind, String type) throws Exception {
        var media = stored(kind, type, new byte[] {13, 10, 45, 45, 0, -1});
        sent(kind == Media.Kind.STICKER ? media : media.captioned("look \"here\"\r\n"));
        if (kind != Media.Kind.STICKER) {
            assertThat(arrived().path("caption").stringValue()).isEqualTo("look \"here\"\r\n");
        }
        return arrived().propertyNames().stream()
                .filter(
                        List.of(
                                        "photo",
                                        "animation",
                                        "document",
                                        "video",
                                        "audio",
                                        "voice",
                                        "sticker")
                                ::contains)
                .findFirst()
                .orElseThrow();
    }

    private Media stored(Media.Kind kind, String type, byte[] bytes) throws Exception {
        var id = host.media().keep(new ByteArrayInputStream(bytes), "a \"name\"", type);
        return Media.stored(kind, id, type).named("a \"name\"\n.bin");
    }

    @Test
    @DisplayName("a picture that Telegram cannot show goes as a document")
    void oddPicture() throws Exception {
        telegram.refuseNext(400, refusal(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"));
        sent(stored(Media.Kind.IMAGE, "image/png", new byte[] {1, 2, 3}));

        assertThat(telegram.called()).containsExactly("sendPhoto", "sendDocument");
        assertThat(arrived().has("document")).isTrue();
    }

    @Test
    @DisplayName("a file that is larger than it may be is not read to its end")
    void tooLarge() {
        var form = FormData.of(StrictJson.object());
        var file = new ByteArrayInputStream(new byte[100_000]);

        assertThatThrownBy(() -> form.file("document", "a.zip", "application/zip", file, 50_000))
                .isInstanceOf(FormData.TooLarge.class);
    }

    @Test
    @DisplayName("an answer shows what it answers, in its topic")
    void answers() {
        long asked = telegram.customers().say(CHAT, "When?");
        var message =
                Sample.message(Sample.conversation().thread("9"), Content.text("Now."))
                        .inReplyTo(Sample.earlier("0199-key-0", Sample.CUSTOMER + ":" + asked));
        account.send(message);

        assertThat(arrived().path("reply_to_message").path("message_id").longValue())
                .isEqualTo(asked);
        assertThat(arrived().path("message_thread_id").longValue()).isEqualTo(9);
    }

    @Test
    @DisplayName("a message is changed, and to change it to the same is well, too")
    void edits() throws Exception {
        var id = sent(Content.text("Ten euros"));
        var edit = about(id, new Content.Edited(Part.of(Content.text("Nine euros"))));

        assertThat(account.send(edit)).isInstanceOf(SendResult.Accepted.class);
        assertThat(account.send(edit)).isInstanceOf(SendResult.Accepted.class);
        assertThat(arrived().path("text").stringValue()).isEqualTo("Nine euros");
        assertThat(telegram.customers().chat(CHAT)).hasSize(1);

        var picture = stored(Media.Kind.IMAGE, "image/png", new byte[] {1}).captioned("new");
        assertThat(account.send(about(id, new Content.Edited(Part.of(picture)))))
                .isInstanceOf(SendResult.Accepted.class);
        assertThat(arrived().path("caption").stringValue()).isEqualTo("new");

        assertThat(account.send(about("1:1", new Content.Edited(Part.of(Content.text("x"))))))
                .isInstanceOf(SendResult.Rejected.class);
        assertThat(account.send(about("0199-key-1", new Content.Deleted())))
                .isInstanceOf(SendResult.Rejected.class);
    }

    @Test
    @DisplayName("below a file a text is changed as what stands there, as far as there is room")
    void editsCaption() throws Exception {
        var id = sent(stored(Media.Kind.FILE, "application/pdf", new byte[] {1}).captioned("old"));
        var bold = new Content.Text("new words", List.of(Span.of(0, 3, Span.Kind.BOLD)));
        var edit = about(id, new Content.Edited(Part.of(bold)));

        assertThat(account.send(edit)).isInstanceOf(SendResult.Accepted.class);
        assertThat(account.send(edit)).isInstanceOf(SendResult.Accepted.class);
        assertThat(arrived().path("caption").stringValue()).isEqualTo("new words");
        assertThat(arrived().path("caption_entities").size()).isEqualTo(1);
        assertThat(arrived().has("document")).isTrue();
        assertThat(telegram.called())
                .containsExactly(
                        "sendDocument",
                        "editMessageText",
                        "editMessageCaption",
                        "editMessageText",
                        "editMessageCaption");

        var longer = new Content.Edited(Part.of(Content.text("a".repeat(1025))));
        assertThat(account.send(about(id, longer))).isInstanceOf(SendResult.Rejected.class);
    }

    @Test
    @DisplayName("a message is deleted, and reacted to")
    void deletesAndReacts() {
        long asked = telegram.customers().say(CHAT, "Thank you");
        var theirs = Sample.CUSTOMER + ":" + asked;
        assertThat(account.send(about(theirs, new Content.Reaction("👍", true))))
                .isInstanceOf(SendResult.Accepted.class);

        var id = sent(Content.text("wrong"));
        assertThat(account.send(about(id, new Content.Deleted())))
                .isInstanceOf(SendResult.Accepted.class);
        assertThat(arrived().path("message_id").longValue()).isEqualTo(asked);
    }

    private static OutboundMessage about(String id, Content content) {
        return Sample.message(content).target(Sample.earlier(id));
    }

    @Test
    @DisplayName("a group that moved is written to where it is now")
    void moved() {
        telegram.customers().migrate(-4567, SUPERGROUP);
        var result =
                account.send(
                        Sample.message(
                                Sample.conversation(Sample.BOT, "-4567"),
                                Content.text("Hello all")));

        assertThat(result)
                .isInstanceOfSatisfying(
                        SendResult.Accepted.class,
                        accepted -> assertThat(accepted.address()).isEqualTo("-1001234567890"));
        assertThat(telegram.customers().chat(SUPERGROUP).getLast().path("text").stringValue())
                .isEqualTo("Hello all");
    }

    @Test
    @DisplayName(
            "who blocked the bot, or never wrote, is gone; who is too fast waits as long as told")
    void refusals() {
        telegram.customers().block(CHAT, true);
        assertThat(account.send(Sample.message(Content.text("a"))))
                .isInstanceOf(SendResult.RecipientGone.class);
        telegram.customers().block(CHAT, false);

        var stranger = Sample.conversation(Sample.BOT, "99");
        assertThat(account.send(Sample.message(stranger, Content.text("a"))))
                .isInstanceOf(SendResult.RecipientGone.class);

        telegram.limit(1);
        sent(Content.text("a"));
        assertThat(account.send(Sample.message(Content.text("b"))))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> {
                            assertThat(retry.after()).isEqualTo(Duration.ofSeconds(1));
                            assertThat(retry.scope()).isEqualTo(Scope.ADDRESS);
                        });
    }

    @Test
    @DisplayName("in a group that moved nothing is done to another message of the same number")
    void stayedBehind() {
        var old = "-4567:" + telegram.customers().say(-4567, "Who comes?");
        telegram.customers().migrate(-4567, SUPERGROUP);
        var there = telegram.customers().chat(SUPERGROUP);
        assertThat(old).isEqualTo("-4567:" + there.getFirst().path("message_id"));

        var group = Sample.conversation(Sample.BOT, "-4567");
        for (var content :
                List.of(
                        new Content.Edited(Part.of(Content.text("other"))),
                        new Content.Deleted(),
                        new Content.Reaction("👍", true))) {
            var message = Sample.message(group, content).target(Sample.earlier(old));
            assertThat(account.send(message))
                    .isInstanceOfSatisfying(
                            SendResult.Rejected.class,
                            rejected -> assertThat(rejected.reason().code()).isEqualTo("moved"));
        }
        assertThat(telegram.customers().chat(SUPERGROUP)).isEqualTo(there);
        assertThat(telegram.called()).hasSize(3);

        account.send(
                Sample.message(group.thread("9"), Content.text("We do."))
                        .inReplyTo(Sample.earlier(old)));
        var fresh = telegram.customers().chat(SUPERGROUP).getLast();
        assertThat(fresh.path("text").stringValue()).isEqualTo("We do.");
        assertThat(fresh.has("reply_to_message")).isFalse();
        assertThat(fresh.has("message_thread_id")).isFalse();
    }

    @Test
    @DisplayName("a file that finds no place among those under way is not sent, and waits")
    void uploads() throws Exception {
        var file = stored(Media.Kind.FILE, "application/pdf", new byte[] {1});
        try (var silent = LoopbackProvider.silent()) {
            var context = host.context(Sample.settings(silent.uri()));
            var api = new BotApi(context.http(), silent.uri(), Sample.SECRET_TOKEN);
            var outgoing = new Outgoing(api, host.media(), Duration.ofMillis(1));
            var others = new ArrayList<Thread>();
            for (int i = 0; i < Outgoing.UPLOADS_AT_ONCE; i++) {
                others.add(Thread.startVirtualThread(() -> send(outgoing, file)));
            }
            await().until(() -> silent.requests() == Outgoing.UPLOADS_AT_ONCE);

            assertThat(outgoing.send(Sample.message(file))).isInstanceOf(SendResult.Retry.class);
            assertThat(silent.requests()).isEqualTo(Outgoing.UPLOADS_AT_ONCE);
            others.forEach(Thread::interrupt);
        }
    }

    private static void send(Outgoing outgoing, Media file) {
        try {
            outgoing.send(Sample.message(file));
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("an answer to what was said in another space shows nothing of this chat")
    void otherSpace() {
        long asked = telegram.customers().say(CHAT, "When?");
        for (var space : List.of("guest:", "aBcDeF-1:")) {
            var other = Sample.earlier(space + Sample.CUSTOMER + ":" + asked);
            account.send(Sample.message(Content.text("Now.")).inReplyTo(other));
            assertThat(arrived().has("reply_to_message")).as(space).isFalse();
        }
    }

    @Test
    @DisplayName(
            "a failure of Telegram's own leaves a message unknown, and what may be repeated is")
    void unknown() {
        telegram.refuseNext(500, refusal(500, "Internal Server Error"));
        var message = Sample.message(Content.text("a"));
        assertThat(account.send(message)).isInstanceOf(SendResult.Unknown.class);
        assertThat(account.lookUp(message)).isInstanceOf(SendResult.Unknown.class);
        assertThat(account.lookUp(about("1:1", new Content.Deleted())))
                .isInstanceOf(SendResult.Retry.class);
    }

    @Test
    @DisplayName("the token stands in no result, even where Telegram repeats it")
    void token() {
        telegram.refuseNext(400, refusal(400, "Bad Request: /bot" + Sample.TOKEN + "/sendMessage"));
        var secret = Sample.TOKEN.substring(Sample.TOKEN.indexOf(':') + 1);

        assertThat(account.send(Sample.message(Content.text("a"))).toString())
                .doesNotContain(secret);
        host.assertRedacted(Sample.TOKEN);
    }

    @Test
    @DisplayName("typing is shown, and nothing where there is nothing to show")
    void signals() throws Exception {
        var signals = (SendsSignals) account.account();
        signals.signal(Sample.conversation(), SendsSignals.Kind.TYPING, null);
        signals.signal(Sample.conversation(), SendsSignals.Kind.IDLE, null);
        signals.signal(Sample.conversation(), SendsSignals.Kind.READ, Sample.CUSTOMER + ":7");
        assertThat(telegram.called()).containsExactly("sendChatAction");

        signals.signal(
                Sample.conversation("business:abc", Sample.CUSTOMER),
                SendsSignals.Kind.READ,
                "abc:" + Sample.CUSTOMER + ":7");
        assertThat(telegram.called()).containsExactly("sendChatAction", "readBusinessMessage");
    }

    @Test
    @DisplayName("what comes back from an attempt that was taken is not sent again")
    void again() {
        var message = Sample.message(Content.text("a"));
        var taken = account.send(message).sent();
        account.send(message.attempt(2, taken));

        assertThat(telegram.customers().chat(CHAT)).hasSize(1);
    }

    private static String refusal(int code, String description) {
        return "{\"ok\":false,\"error_code\":%d,\"description\":\"%s\"}"
                .formatted(code, description);
    }
}
