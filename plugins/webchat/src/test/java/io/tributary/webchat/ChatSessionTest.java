package io.tributary.webchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.model.MediaId;
import io.tributary.model.Signal;
import io.tributary.spi.Conversation;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.DeviceVerdict;
import io.tributary.spi.Frame;
import io.tributary.spi.Malformed;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.spi.SendsSignals.Kind;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChatSessionTest {

    private static final String ADDRESS = Admission.address(Sample.SECRET);

    private final FakeHost host = new FakeHost();
    private final Ear ear = new Ear();

    @AfterEach
    void close() {
        host.close();
    }

    private ChatSession session(TestSettings settings) throws Exception {
        return session(new WebChatAccount(host.context(settings)), Sample.handshake());
    }

    private ChatSession session(WebChatAccount account, DeviceHandshake handshake)
            throws Exception {
        return (ChatSession) ((DeviceVerdict.Accepted) account.connect(handshake, ear)).session();
    }

    /// Of another visitor each.
    private static DeviceHandshake from(String remote, int visitor) {
        var secret = "visitor." + Sample.SECRET.substring(1) + visitor;
        return new DeviceHandshake(
                "",
                Map.of(),
                Map.of("origin", List.of(Sample.ORIGIN)),
                List.of(Admission.PROTOCOL, secret),
                remote,
                null);
    }

    private static TestSettings rates(TestSettings rates) {
        return Sample.settings().with("rates", rates);
    }

    private ChatSession session() throws Exception {
        return session(Sample.settings());
    }

    private static Frame frame(String json) {
        return Frame.text(json.replace('\'', '"'));
    }

    private static Conversation conversation() {
        return Conversation.of(
                new ConversationId(new UUID(0x7000L, 1)),
                new WebChatChannel().descriptor().id(),
                FakeHost.ACCOUNT,
                Sample.LINE,
                ADDRESS);
    }

    private OutboundMessage message(Content... contents) {
        return OutboundMessage.of(
                "key-1",
                new InteractionId(new UUID(0x7000L, 9)),
                conversation(),
                host.clock().instant(),
                contents);
    }

    @Test
    @DisplayName("it greets, and shows the chat from its beginning or from where it was seen")
    void begins() throws Exception {
        var session = session();

        assertThat(ear.last().path("t").asString("")).isEqualTo("ready");
        assertThat(ear.follows).containsExactly(ADDRESS + " oldest");
        assertThat(session.park()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    @DisplayName("what is said is stored under the widget's id before it is answered")
    void says() throws Exception {
        var session = session();
        session.onFrame(Sample.say("id-00001", "Hi"));

        var event = ear.delivered.getFirst().events().getFirst();
        assertThat(event.dedupe()).hasToString("Key[key=" + ADDRESS + " id-00001]");
        assertThat(event.notes()).containsEntry("site", Sample.LINE).doesNotContainKey("user");
        assertThat(ear.last()).hasToString("{\"t\":\"ok\",\"id\":\"id-00001\"}");
    }

    @Test
    @DisplayName("who says too much is told when to say it again, and nothing of it is stored")
    void slows() throws Exception {
        var session =
                session(Sample.settings().with("rates", TestSettings.NONE.with("messages", 2)));
        session.onFrame(Sample.say("id-00001", "one"));
        session.onFrame(Sample.say("id-00002", "two"));
        session.onFrame(Sample.say("id-00003", "three"));

        assertThat(ear.last()).hasToString("{\"t\":\"slow\",\"id\":\"id-00003\",\"after\":30000}");
        assertThat(ear.delivered).hasSize(2);
        host.advance(Duration.ofSeconds(30));
        session.onFrame(Sample.say("id-00003", "three"));
        assertThat(ear.delivered).hasSize(3);
    }

    @Test
    @DisplayName(
            "visitors of one network share what may come from there, in IPv6 of its first half")
    void slowsNetworks() throws Exception {
        var account =
                new WebChatAccount(
                        host.context(rates(TestSettings.NONE.with("messagesOfNetwork", 1))));
        session(account, from("2001:db8::1", 1)).onFrame(Sample.say("id-00001", "one"));
        session(account, from("2001:db8::2", 2)).onFrame(Sample.say("id-00002", "two"));
        assertThat(ear.last().path("t").asString("")).isEqualTo("slow");
        session(account, from("2001:db8:0:1::2", 3)).onFrame(Sample.say("id-00003", "three"));
        assertThat(ear.last().path("t").asString("")).isEqualTo("ok");
    }

    @Test
    @DisplayName("who is told to wait takes nothing from those who share their network")
    void slowsAlone() throws Exception {
        var account =
                new WebChatAccount(
                        host.context(
                                rates(
                                        TestSettings.NONE
                                                .with("messages", 1)
                                                .with("messagesOfNetwork", 2))));
        var loud = session(account, from("192.0.2.7", 1));
        loud.onFrame(Sample.say("id-00001", "one"));
        loud.onFrame(Sample.say("id-00002", "two"));
        loud.onFrame(Sample.say("id-00002", "two"));
        session(account, from("192.0.2.7", 2)).onFrame(Sample.say("id-00003", "three"));

        assertThat(ear.last().path("t").asString("")).isEqualTo("ok");
    }

    @Test
    @DisplayName("visitors of one network share how many files come from there")
    void filesOfNetworks() throws Exception {
        var account =
                new WebChatAccount(
                        host.context(rates(TestSettings.NONE.with("filesOfNetwork", 1))));
        var wish = frame("{'t':'wish','id':'id-00001','name':'a','type':'image/png','bytes':9}");
        session(account, from("192.0.2.7", 1)).onFrame(wish);
        assertThat(ear.last().path("t").asString("")).isEqualTo("put");
        session(account, from("192.0.2.7", 2)).onFrame(wish);
        assertThat(ear.last().path("why").asString("")).isEqualTo("often");
        session(account, from("192.0.2.8", 3)).onFrame(wish);
        assertThat(ear.last().path("t").asString("")).isEqualTo("put");
    }

    @Test
    @DisplayName("a file is permitted, uploaded and then said, by whom it was permitted to alone")
    void files() throws Exception {
        var session = session();
        session.onFrame(
                frame("{'t':'wish','id':'id-00001','name':'a.png','type':'image/png','bytes':9}"));
        var put = ear.last();
        var said =
                "{'t':'file','id':'id-00001','media':'%s','grant':'%s','name':'a.png','type':'image/png','bytes':9}";
        var media = put.path("media").asString("");
        var grant = put.path("grant").asString("");

        session.onFrame(frame(said.formatted(media, grant)));
        assertThat(ear.last().path("t").asString("")).as("before it is there").isEqualTo("no");
        MediaId kept = host.media().keep(Bytes.utf8("a picture").asStream(), null, null);
        session.onFrame(frame(said.formatted(kept, grant)));
        assertThat(ear.last().path("t").asString("")).as("somebody else's").isEqualTo("no");
        assertThat(ear.delivered).isEmpty();

        var own = new MediaSeal(host.state()).grant(ADDRESS, kept);
        session.onFrame(frame(said.formatted(kept, own)));
        assertThat(ear.last().path("t").asString("")).isEqualTo("ok");
        session.onFrame(frame("{'t':'look','media':'%s','grant':'%s'}".formatted(kept, own)));
        assertThat(ear.last().path("url").asString("")).contains("/media/" + kept);
        int before = ear.heard.size();
        session.onFrame(frame("{'t':'look','media':'%s','grant':'%s'}".formatted(kept, grant)));
        assertThat(ear.heard).hasSize(before);
    }

    @Test
    @DisplayName("too large a file, one of no type and one too many are refused")
    void refusedFiles() throws Exception {
        var session =
                session(
                        Sample.settings()
                                .with("largestFile", 100)
                                .with("rates", TestSettings.NONE.with("files", 1)));
        var wish = "{'t':'wish','id':'id-00001','name':'a','type':'%s','bytes':%d}";
        session.onFrame(frame(wish.formatted("image/png", 101)));
        assertThat(ear.last().path("why").asString("")).isEqualTo("size");
        session.onFrame(frame(wish.formatted("nonsense", 100)));
        assertThat(ear.last().path("why").asString("")).isEqualTo("file");
        session.onFrame(frame(wish.formatted("image/png", 100)));
        assertThat(ear.last().path("why").asString("")).isEqualTo("often");

        session(Sample.settings().with("files", false))
                .onFrame(frame(wish.formatted("image/png", 1)));
        assertThat(ear.last().path("why").asString("")).isEqualTo("file");
    }

    @Test
    @DisplayName("signals go both ways, and a read mark is kept")
    void signals() throws Exception {
        var session = session();
        session.onFrame(frame("{'t':'typing','on':true}"));
        session.onFrame(frame("{'t':'typing','on':false}"));
        session.onFrame(frame("{'t':'read','until':'2026-01-01T12:00:00Z'}"));
        session.onFrame(frame("{'t':'ping'}"));

        assertThat(ear.signals)
                .containsExactly(
                        Signal.of(Signal.Kind.TYPING, Sample.LINE, ADDRESS),
                        Signal.of(Signal.Kind.IDLE, Sample.LINE, ADDRESS));
        assertThat(ear.delivered).hasSize(1);
        assertThat(ear.last()).hasToString("{\"t\":\"pong\"}");
        session.signal(conversation(), Kind.TYPING, null);
        assertThat(ear.last()).hasToString("{\"t\":\"typing\",\"on\":true}");
        session.signal(conversation(), Kind.IDLE, null);
        assertThat(ear.last()).hasToString("{\"t\":\"typing\",\"on\":false}");
        session.signal(conversation(), Kind.READ, ADDRESS + " id-00001");
        assertThat(ear.last()).hasToString("{\"t\":\"seen\",\"id\":\"id-00001\"}");
        session.signal(conversation(), Kind.READ, null);
        assertThat(ear.last()).hasToString("{\"t\":\"seen\"}");
    }

    @Test
    @DisplayName("a message is delivered when the widget says that it has it")
    void confirmed() throws Exception {
        var session = session();
        var sending = CompletableFuture.supplyAsync(() -> sent(session, Content.text("Hello")));
        await("msg");
        session.onFrame(frame("{'t':'got','key':'another'}"));
        assertThat(sending).isNotDone();
        session.onFrame(frame("{'t':'got','key':'key-1'}"));

        var result = (SendResult.Accepted) sending.get(20, TimeUnit.SECONDS);
        assertThat(result.reached()).isEqualTo(Content.Receipt.Status.DELIVERED);
        assertThat(result.sent().getFirst().externalId())
                .isEqualTo(new InteractionId(new UUID(0x7000L, 9)).toString());
    }

    @Test
    @DisplayName(
            "a message that is not confirmed is tried again on the next socket, and this one ends")
    void unconfirmed() throws Exception {
        var session = session();
        var sending = CompletableFuture.supplyAsync(() -> sent(session, Content.text("Hello")));
        await("msg");
        session.onClosed();

        assertThat(sending.get(20, TimeUnit.SECONDS)).isInstanceOf(SendResult.Retry.class);
        assertThat(ear.gone).isTrue();
        assertThat(sent(session, Content.text("Hello"))).isInstanceOf(SendResult.Retry.class);
    }

    @Test
    @DisplayName("what capabilities do not name is refused unsent")
    void refusedContents() throws Exception {
        var session = session();
        int before = ear.heard.size();

        assertThat(sent(session, new Content.Tap("a", null)))
                .isInstanceOf(SendResult.Rejected.class);
        assertThat(sent(session, Content.note("secret"))).isInstanceOf(SendResult.Rejected.class);
        assertThat(ear.heard).hasSize(before);
    }

    @Test
    @DisplayName("frames of bytes are no frames, and those of newer widgets do no harm")
    void strange() throws Exception {
        var session = session();
        session.onFrame(frame("{'t':'wave'}"));

        assertThat(host.counted()).containsKey("frames.strange");
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> session.onFrame(Frame.binary(Bytes.utf8("{}"))));
    }

    private SendResult sent(ChatSession session, Content content) {
        try {
            return session.send(message(content));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void await(String type) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!ear.last().path("t").asString("").equals(type)) {
            assertThat(System.nanoTime()).as("waiting for %s", type).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
