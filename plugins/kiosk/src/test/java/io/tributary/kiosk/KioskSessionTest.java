package io.tributary.kiosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.model.Actor;
import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt;
import io.tributary.model.Identity;
import io.tributary.model.Json;
import io.tributary.model.MediaId;
import io.tributary.model.Signal;
import io.tributary.spi.DeviceVerdict;
import io.tributary.spi.Frame;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.spi.SendsSignals;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.HostedDevice;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("a kiosk that is there")
@Timeout(60)
class KioskSessionTest {

    private final FakeHost host = new FakeHost();
    private HostedAccount account = null;
    private HostedDevice device = null;

    @BeforeEach
    void open() throws Exception {
        account = host.open(new KioskChannel(), Sample.settings());
        device = account.knock(Sample.handshake());
        assertThat(device.status()).isEqualTo(101);
    }

    @AfterEach
    void close() {
        account.close();
        host.close();
    }

    private Message last() {
        return Sample.heard(device.heard().getLast());
    }

    /// Sends, and answers as the device does.
    private SendResult send(Content content, ObjectNode answer) throws Exception {
        return send(content, new Message.Result("k-1", answer));
    }

    private SendResult send(Content content, Message answer) throws Exception {
        int before = device.heard().size();
        var sending = sending(content);
        await().until(() -> device.heard().size() > before);
        device.says(List.of(Frame.text(answer.text())));
        return sending.get(30, TimeUnit.SECONDS);
    }

    private CompletableFuture<SendResult> sending(Content content) {
        var message = message(content);
        return CompletableFuture.supplyAsync(() -> device.send(message));
    }

    private OutboundMessage message(Content content) {
        return Sample.message("k-1", host.clock().instant(), content)
                .by(Actor.agent("a-7", "Maria"));
    }

    @Test
    @DisplayName("is told where it stands, and what time it is")
    void boots() {
        device.says(Sample.call("b-1", "Boot", WireJson.object().put("version", "1")));
        var told = ((Message.Result) last()).payload();
        assertThat(told.path("status").asString()).isEqualTo("Accepted");
        assertThat(told.path("place").path("store").asString()).isEqualTo("berlin");
        assertThat(told.path("heartbeat").asInt()).isEqualTo(60);

        device.says(Sample.call("h-1", "Heartbeat", WireJson.object()));
        assertThat(((Message.Result) last()).payload().path("now").asString())
                .isEqualTo(host.clock().instant().toString());
        assertThat(host.stored()).isEmpty();
    }

    @Test
    @DisplayName("is told what became of each call, and that it was there already")
    void fates() {
        device.says(Sample.says("one"));
        assertThat(last().text()).endsWith("{\"fate\":\"stored\"}]");
        device.says(Sample.says("one"));
        assertThat(last().text()).endsWith("{\"fate\":\"duplicate\"}]");
        device.says(Sample.call("e-2", "Say", Sample.inSession()));
        assertThat(last().text()).endsWith("{\"fate\":\"dead_letter\"}]");
        assertThat(host.stored()).hasSize(1);
    }

    @Test
    @DisplayName("hands over who checks in, and nothing of the token is kept")
    void checksIn() {
        long soon = host.clock().instant().getEpochSecond() + 300;
        var token =
                Sample.jwt(
                        Sample.HS256,
                        "{\"aud\":\"%s\",\"sub\":\"u-17\",\"exp\":%d}"
                                .formatted(FakeHost.ACCOUNT.value(), soon),
                        Sample.IDENTITY_KEY);
        var payload = Sample.inSession();
        payload.putObject("identity").put("token", token);
        payload.putObject("consent").put("granted", true);

        device.says(Sample.call("e-9", "CheckIn", payload));

        assertThat(last().text()).endsWith("{\"fate\":\"stored\"}]");
        assertThat(host.stored().getLast().inbound().party().identities())
                .containsExactly(Identity.byChannel("site.user", "u-17"));
        host.assertRedacted(token);
    }

    @Test
    @DisplayName("that speaks nonsense is told so, and let go when it does nothing else")
    void nonsense() {
        for (int i = 0; i < 20; i++) {
            device.says(List.of(Frame.text("[2,\"a\"")));
        }
        device.says(Sample.says("sense"));
        for (int i = 0; i < 20; i++) {
            device.says(List.of(Frame.text("[2,\"a\"")));
            assertThat(((Message.Failure) last()).code()).isEqualTo("FormatViolation");
        }
        assertThat(device.isOpen()).isTrue();
        device.says(List.of(Frame.text("{}")));
        assertThat(device.closedWith()).hasValue(4002);
    }

    @Test
    @DisplayName("is shown a text with its author, and has it when it says so")
    void shows() throws Exception {
        var result = send(Content.text("Aisle 4"), WireJson.object());

        assertThat(last().text())
                .isEqualTo(
                        "[2,\"k-1\",\"Show\",{\"key\":\"k-1\",\"session\":\"s1\",\"from\":{\"kind\":\"agent\",\"name\":\"Maria\"},\"content\":{\"type\":\"text\",\"text\":\"Aisle 4\"}}]");
        assertThat(result)
                .isEqualTo(SendResult.accepted("berlin-7/k-1").reached(Receipt.Status.DELIVERED));
    }

    @Test
    @DisplayName("is shown choices, cards and pictures")
    void shownMore() throws Exception {
        var yes = Choice.of("1", "Yes").describedAs("gladly");
        send(Content.choices("More?", yes), WireJson.object());
        assertThat(last().text())
                .contains(
                        "\"content\":{\"type\":\"choices\",\"text\":\"More?\",\"choices\":[{\"id\":\"1\",\"label\":\"Yes\",\"description\":\"gladly\"}]}");

        var image =
                Content.Media.stored(
                        Content.Media.Kind.IMAGE, new MediaId(new UUID(0x7000L, 9)), "image/png");
        send(image.captioned("A lamp"), WireJson.object());
        assertThat(last().text())
                .contains("\"type\":\"image\",\"image\":\"https://", "\"text\":\"A lamp\"");

        send(new Content.Card("Lamp", "20 €", image, List.of(yes)), WireJson.object());
        assertThat(last().text())
                .contains("\"type\":\"card\"", "\"title\":\"Lamp\"", "\"image\":\"https://");
    }

    @Test
    @DisplayName(
            "prints, shows screens and tickets; what is printed has arrived when it is printed")
    void prints() throws Exception {
        var taken = WireJson.object();
        var receipt =
                Content.custom("kiosk.print", Json.of("{\"lines\": [\"1 lamp\"]}"), "Receipt");
        assertThat(send(receipt, taken)).isEqualTo(SendResult.accepted("berlin-7/k-1"));
        assertThat(last().text()).contains("\"Print\"", "\"data\":{\"lines\":[\"1 lamp\"]}");

        var screen = Content.custom("kiosk.screen", Json.of("{\"title\": \"Sale\"}"), "Sale");
        send(screen, WireJson.object());
        assertThat(last().text()).contains("\"Screen\"", "\"data\":{\"title\":\"Sale\"}");
        var ticket = Content.custom("kiosk.ticket", Json.of("{\"number\": \"A12\"}"), "A12");
        send(ticket, WireJson.object());
        assertThat(last().text()).contains("\"Ticket\"", "\"data\":{\"number\":\"A12\"}");

        var broken = Content.custom("kiosk.print", Json.of("[1]"), "Receipt");
        assertThat(device.send(message(broken))).isInstanceOf(SendResult.Rejected.class);
    }

    @Test
    @DisplayName("refuses for reasons that are told apart")
    void refusals() throws Exception {
        for (var each :
                Map.<String, Class<? extends SendResult>>of(
                                "SessionOver", SendResult.RecipientGone.class,
                                "Busy", SendResult.Retry.class,
                                "OutOfPaper", SendResult.Retry.class,
                                "InternalError", SendResult.Retry.class,
                                "NotSupported", SendResult.Rejected.class,
                                "Whatever", SendResult.Rejected.class)
                        .entrySet()) {
            var failure = new Message.Failure("k-1", each.getKey(), "because");
            assertThat(send(Content.text("hello"), failure)).isInstanceOf(each.getValue());
        }
    }

    @Test
    @DisplayName("that leaves without an answer may have it or not, and is asked when it is back")
    void unknown() throws Exception {
        var sending = sending(Content.text("hello"));
        await().until(() -> !device.heard().isEmpty());
        device.close();
        assertThat(sending.get(30, TimeUnit.SECONDS)).isInstanceOf(SendResult.Unknown.class);
        assertThat(device.send(message(Content.text("more")))).isInstanceOf(SendResult.Retry.class);
    }

    @Test
    @DisplayName("says what it has when it is asked, and nothing else is taken for an answer")
    void lookUp() throws Exception {
        assertThat(lookedUp("taken"))
                .isEqualTo(SendResult.accepted("berlin-7/k-1").reached(Receipt.Status.DELIVERED));
        var receipt = Content.custom("kiosk.print", Json.of("{\"lines\": []}"), "Receipt");
        assertThat(lookedUp("taken", receipt)).isEqualTo(SendResult.accepted("berlin-7/k-1"));
        assertThat(lookedUp("unknown")).isInstanceOf(SendResult.Retry.class);
        assertThat(lookedUp("over")).isInstanceOf(SendResult.RecipientGone.class);
        assertThat(lookedUp("perhaps")).isInstanceOf(SendResult.Unknown.class);
        var asked = message(Content.text("hello"));
        assertThat(Answers.toLookUp("berlin-7", asked, new Message.Failure("a", "Busy", "")))
                .isInstanceOf(SendResult.Unknown.class);
        assertThat(Answers.toLookUp("berlin-7", asked, null))
                .isInstanceOf(SendResult.Unknown.class);
    }

    /// Past the host: it asks only what is unknown.
    private SendResult lookedUp(String state) throws Exception {
        return lookedUp(state, Content.text("hello"));
    }

    private SendResult lookedUp(String state, Content content) throws Exception {
        var sent = new java.util.concurrent.LinkedBlockingQueue<Frame>();
        try (var other = host.open(new KioskChannel(), Sample.settings())) {
            var link = Links.into(sent);
            var verdict = ((KioskAccount) other.account()).connect(Sample.handshake(), link);
            var session = (KioskSession) ((DeviceVerdict.Accepted) verdict).session();
            var asked =
                    CompletableFuture.supplyAsync(() -> {
                        try {
                            return session.lookUp(message(content));
                        } catch (InterruptedException stopped) {
                            throw new IllegalStateException(stopped);
                        }
                    });
            var call = (Message.Call) Sample.heard(sent.poll(10, TimeUnit.SECONDS));
            assertThat(call.action()).isEqualTo("Status");
            assertThat(WireJson.need(call.payload(), "key")).isEqualTo("k-1");
            var answer = new Message.Result(call.id(), WireJson.object().put("state", state));
            session.onFrame(Frame.text(answer.text()));
            return asked.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisplayName("is told later where so many have yet to answer that frames would not be read")
    void fullOfAsking() throws Exception {
        var sent = new java.util.concurrent.LinkedBlockingQueue<Frame>();
        var few = (KioskAccount) new KioskChannel(2).open(host.context(Sample.settings()));
        var one = session(few, sent);
        var other = session(few, sent);
        var first = asking(one);
        var call = Sample.heard(sent.poll(10, TimeUnit.SECONDS));

        assertThat(other.send(message(Content.text("two")))).isInstanceOf(SendResult.Retry.class);
        assertThat(other.lookUp(message(Content.text("two"))))
                .isInstanceOf(SendResult.Unknown.class);
        assertThat(sent).isEmpty();
        one.onFrame(Frame.text(new Message.Result(call.id(), WireJson.object()).text()));
        assertThat(first.get(10, TimeUnit.SECONDS)).isInstanceOf(SendResult.Accepted.class);

        var second = asking(other);
        assertThat(sent.poll(10, TimeUnit.SECONDS)).isNotNull();
        other.onClosed();
        assertThat(second.get(10, TimeUnit.SECONDS)).isInstanceOf(SendResult.Unknown.class);
    }

    private static KioskSession session(KioskAccount account, java.util.Queue<Frame> heard)
            throws Exception {
        var verdict = account.connect(Sample.handshake(), Links.into(heard));
        return (KioskSession) ((DeviceVerdict.Accepted) verdict).session();
    }

    private CompletableFuture<SendResult> asking(KioskSession session) {
        var message = message(Content.text("one"));
        return CompletableFuture.supplyAsync(() -> {
            try {
                return session.send(message);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });
    }

    @Test
    @DisplayName("is shown what a choice stands under, and where it leads, if that is on the web")
    void leading() throws Exception {
        send(
                Content.choices(
                        "More?",
                        Choice.of("1", "Ours").under("Here").leadingTo("https://example.org/a"),
                        Choice.of("2", "Theirs").leadingTo("javascript:hacked=1")),
                WireJson.object());
        assertThat(last().text())
                .contains(
                        "{\"id\":\"1\",\"label\":\"Ours\",\"section\":\"Here\",\"url\":\"https://example.org/a\"}",
                        "{\"id\":\"2\",\"label\":\"Theirs\",\"url\":\"\"}");
    }

    @Test
    @DisplayName("shows that somebody writes, and passes on that its customer does")
    void signals() throws Exception {
        device.says(Sample.call("t-1", "Typing", Sample.inSession()));
        assertThat(host.signals())
                .containsExactly(Signal.of(Signal.Kind.TYPING, "berlin", Sample.DEVICE + "/s1"));

        var sent = new java.util.concurrent.LinkedBlockingQueue<Frame>();
        var verdict =
                ((KioskAccount) account.account()).connect(Sample.handshake(), Links.into(sent));
        var session = (SendsSignals) ((DeviceVerdict.Accepted) verdict).session();
        session.signal(Sample.conversation(), SendsSignals.Kind.READ, "e-1");
        var call = (Message.Call) Sample.heard(sent.remove());
        assertThat(call.action()).isEqualTo("Signal");
        assertThat(WireJson.write(call.payload()))
                .isEqualTo("{\"session\":\"s1\",\"kind\":\"read\",\"upTo\":\"e-1\"}");
    }
}
