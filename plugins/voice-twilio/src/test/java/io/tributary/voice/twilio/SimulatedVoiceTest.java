package io.tributary.voice.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Content.Call;
import io.tributary.model.Content.CallOrder;
import io.tributary.model.Content.Receipt;
import io.tributary.model.Reason;
import io.tributary.model.Signal;
import io.tributary.model.Target;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.FetchesMedia;
import io.tributary.spi.Health;
import io.tributary.spi.Inbound;
import io.tributary.spi.SendResult;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.Stored;
import io.tributary.testkit.TestSettings;
import io.tributary.twilio.Doorway;
import io.tributary.voice.twilio.simulator.Ring;
import io.tributary.voice.twilio.simulator.Script;
import io.tributary.voice.twilio.simulator.VoiceSimulator;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The channel and a stand-in for Twilio's calls, over real HTTP both ways.
class SimulatedVoiceTest {

    private FakeHost host;
    private Doorway door;
    private VoiceSimulator twilio;
    private HostedAccount account;

    @BeforeEach
    void start() throws Exception {
        host = new FakeHost();
        door = new Doorway();
        twilio =
                VoiceSimulator.start(
                        new VoiceSimulator.Account(Sample.ACCOUNT, Sample.TOKEN, door.url()), 0);
        open(Sample.settings(twilio.url()));
    }

    private void open(TestSettings settings) throws Exception {
        account = host.open(new VoiceChannel(), settings.with("publicUrl", door.url().toString()));
        door.leadsTo(account);
    }

    private void reopen(TestSettings settings) throws Exception {
        account.close();
        open(settings);
    }

    @AfterEach
    void stop() {
        account.close();
        twilio.close();
        door.close();
        assertThat(twilio.refused()).isEmpty();
        assertThat(twilio.alerts()).isEmpty();
        assertThat(host.deadLetters()).isEmpty();
        assertThat(host.violations()).isEmpty();
        host.close();
    }

    @Test
    @DisplayName("a call rings, is greeted, answered and ends")
    void call() throws Exception {
        var ring = ring();

        assertThat(ring.heard()).containsExactly("Welcome.");
        assertThat(events()).containsExactly("RINGING", "ANSWERED", "ENDED");
        assertThat(calls().getLast().length()).hasSeconds(42);
        assertThat(inbounds())
                .allSatisfy(inbound ->
                        assertThat(inbound.target()).isEqualTo(Target.external(ring.sid())));
    }

    @Test
    @DisplayName("that it rings is stored before Twilio hears what to do")
    void screenPop() throws Exception {
        host.storeUnavailable(true);
        var lost = ring();
        assertThat(lost.heard()).isEmpty();
        assertThat(twilio.refused()).isNotEmpty();

        host.storeUnavailable(false);
        twilio.script(Script.USUAL.staying());
        var ring = twilio.ring(Sample.CUSTOMER, Sample.LINE, Map.of());
        Awaitility.await().until(() -> !ring.heard().isEmpty());
        assertThat(inbounds().getFirst().content()).isEqualTo(Progress.ringing());
        account.send(Sample.about(order(CallOrder.Action.HANG_UP), ring.sid()));
        ring.await();
        restart();
    }

    /// The refusals of a store that was out are as they should be.
    private void restart() throws Exception {
        twilio.close();
        twilio =
                VoiceSimulator.start(
                        new VoiceSimulator.Account(Sample.ACCOUNT, Sample.TOKEN, door.url()), 0);
    }

    @Test
    @DisplayName("nobody answers: queue, then voicemail, whose sound and words come later")
    void voicemail() throws Exception {
        reopen(
                Sample.bare(twilio.url())
                        .with(
                                "routing",
                                Sample.section(
                                        "ring", List.of(Sample.AGENT),
                                        "queue", "support",
                                        "music", "https://example.com/music.mp3",
                                        "voicemail", "Please speak.",
                                        "voicemailAfter", "1m",
                                        "transcribeVoicemail", true)));
        twilio.script(Script.USUAL.answer("no-answer"));

        var ring = ring();

        assertThat(ring.heard())
                .containsExactly(
                        "https://example.com/music.mp3",
                        "https://example.com/music.mp3",
                        "https://example.com/music.mp3",
                        "Please speak.");
        assertThat(events()).containsExactly("RINGING", "ENDED");
        var voice = of(Content.Media.class).findFirst().orElseThrow();
        assertThat(voice.kind()).isEqualTo(Content.Media.Kind.VOICE);
        assertThat(of(Content.Transcript.class))
                .containsExactly(
                        new Content.Transcript("Please call me.", Actor.Kind.CUSTOMER, true));
        assertThat(download()).isEqualTo("sound");
    }

    @Test
    @DisplayName("a caller who presses the key asks to be called back")
    void callBack() throws Exception {
        twilio.script(Script.USUAL.answer("busy").presses("1"));

        var ring = ring();

        assertThat(ring.heard())
                .containsExactly(
                        "Welcome.",
                        "Press 1 to be called back.",
                        "Thank you. We will call you back.");
        assertThat(of(Content.ChoiceMade.class))
                .extracting(Content.ChoiceMade::id)
                .containsExactly("callback");
        assertThat(events()).containsExactly("RINGING", "ENDED");
    }

    @Test
    @DisplayName("the key that is offered may be the one that ends an input elsewhere")
    void callBackByHash() throws Exception {
        reopen(
                Sample.bare(twilio.url())
                        .with(
                                "routing",
                                Sample.section(
                                        "queue", "support",
                                        "callBackOffer", "Press hash to be called back.",
                                        "callBackKey", "#")));
        twilio.script(Script.USUAL.presses("#"));

        ring();

        assertThat(of(Content.ChoiceMade.class))
                .extracting(Content.ChoiceMade::id)
                .containsExactly("callback");
    }

    @Test
    @DisplayName("what is said is shown at once and kept when it is final")
    void liveTranscript() throws Exception {
        reopen(
                Sample.settings(twilio.url())
                        .with("transcribeCalls", true)
                        .with("recordCalls", true));
        twilio.script(Script.USUAL.says("Where is my parcel?"));

        ring();

        assertThat(host.signals())
                .containsExactly(Signal.transcript(Sample.LINE, Sample.CUSTOMER, "W"));
        assertThat(of(Content.Transcript.class))
                .extracting(Content.Transcript::text)
                .containsExactly("Where is my parcel?");
        assertThat(of(Content.Media.class))
                .extracting(Content.Media::kind)
                .containsExactly(Content.Media.Kind.AUDIO);
        assertThat(download()).isEqualTo("sound");
    }

    @Test
    @DisplayName("a caller who waits is answered, held, taken back, transferred and hung up")
    void orders() throws Exception {
        reopen(Sample.settings(twilio.url()).with("routing", Sample.section("queue", "support")));
        twilio.script(Script.USUAL.staying());
        var ring = twilio.ring(Sample.CUSTOMER, Sample.LINE, Map.of());
        awaitEvent("RINGING");

        order(Call.Event.RINGING, order(CallOrder.Action.ANSWER), "ANSWERED");
        order(Call.Event.ANSWERED, order(CallOrder.Action.HOLD), "HELD");
        order(Call.Event.HELD, order(CallOrder.Action.RESUME), "RESUMED");
        order(Call.Event.RESUMED, new CallOrder(CallOrder.Action.TRANSFER, "ada"), "TRANSFERRED");
        order(Call.Event.TRANSFERRED, order(CallOrder.Action.HANG_UP), "ENDED");

        ring.await();
        assertThat(receipts(Receipt.Status.DELIVERED)).isEqualTo(4);
    }

    /// @param target what the order is about; it gets the ids by which that is known, no other
    private void order(Call.Event target, CallOrder order, String event) {
        var ids = Known.idsOfLast(host.stored(), target);
        assertThat(account.send(Sample.about(order, ids))).isInstanceOf(SendResult.Accepted.class);
        awaitEvent(event);
    }

    @Test
    @DisplayName("a colleague who does not pick up is a failed order, and the caller waits on")
    void notTaken() throws Exception {
        reopen(Sample.settings(twilio.url()).with("routing", Sample.section("queue", "support")));
        twilio.script(Script.USUAL.answer("no-answer").staying());
        var ring = twilio.ring(Sample.CUSTOMER, Sample.LINE, Map.of());
        awaitEvent("RINGING");
        var transfer = new CallOrder(CallOrder.Action.TRANSFER, "ada");

        assertThat(account.send(Sample.about(transfer, ring.sid())))
                .isInstanceOf(SendResult.Accepted.class);

        Awaitility.await().until(() -> receipts(Receipt.Status.FAILED) == 1);
        assertThat(inbounds().getLast().target()).isEqualTo(Target.external(Sample.KEY));
        assertThat(inbounds().getLast().content())
                .isEqualTo(
                        new Receipt(
                                Receipt.Status.FAILED, Reason.of("no-answer", "nobody answered")));
        assertThat(ring.status()).isEqualTo("in-progress");
        order(Call.Event.RINGING, order(CallOrder.Action.HANG_UP), "ENDED");
        ring.await();
    }

    @Test
    @DisplayName("click-to-call: the agent first, then the customer, and the order knows both")
    void clickToCall() throws Exception {
        var dial = Sample.message(order(CallOrder.Action.DIAL)).by(Sample.ADA);

        var result = account.send(dial);

        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        awaitEvent("ENDED");
        only().await();
        assertThat(only().to()).isEqualTo(Sample.AGENT);
        assertThat(events()).containsExactly("RINGING", "ANSWERED", "ENDED");
        assertThat(inbounds())
                .allSatisfy(inbound ->
                        assertThat(inbound.target()).isEqualTo(Target.external(Sample.KEY)));
        assertThat(receipts(Receipt.Status.DELIVERED)).isPositive();
    }

    @Test
    @DisplayName("click-to-call: the customer's own leg is held, taken back and hung up")
    void ordersAfterClickToCall() throws Exception {
        twilio.script(Script.USUAL.staying());
        account.send(Sample.message(order(CallOrder.Action.DIAL)).by(Sample.ADA));
        awaitEvent("ANSWERED");

        order(Call.Event.ANSWERED, order(CallOrder.Action.HOLD), "HELD");
        order(Call.Event.HELD, order(CallOrder.Action.RESUME), "RESUMED");
        order(Call.Event.RESUMED, order(CallOrder.Action.HANG_UP), "ENDED");

        only().await();
        for (var leg : twilio.legs().values()) {
            leg.await();
        }
        assertThat(events()).containsExactly("RINGING", "ANSWERED", "HELD", "RESUMED", "ENDED");
    }

    @Test
    @DisplayName("a customer who does not answer is a failed order")
    void notReached() throws Exception {
        twilio.script(Script.USUAL.answer("busy"));

        account.send(Sample.message(order(CallOrder.Action.DIAL)));

        awaitEvent("ENDED");
        only().await();
        assertThat(calls().getLast().reason()).isEqualTo(Reason.of("busy", "the line was busy"));
        assertThat(receipts(Receipt.Status.FAILED)).isEqualTo(1);
    }

    @Test
    @DisplayName("a text is read to whoever is called")
    void announcement() throws Exception {
        account.send(Sample.message(Content.text("Your parcel is <here> & waits.")));

        awaitEvent("ENDED");
        assertThat(only().await().heard()).containsExactly("Your parcel is <here> & waits.");
    }

    @Test
    @DisplayName("callbacks in any order, half of them twice, tell the same")
    void shuffled() throws Exception {
        reopen(
                Sample.settings(twilio.url())
                        .with("transcribeCalls", true)
                        .with("recordCalls", true));
        twilio.script(Script.USUAL.says("One.", "Two."));
        for (int seed = 0; seed < 10; seed++) {
            int before = host.stored().size();
            twilio.hold();
            ring();
            twilio.release(new Random(seed));

            var told = host.stored().subList(before, host.stored().size());
            assertThat(told)
                    .extracting(stored -> stored.inbound().content().capability())
                    .containsExactlyInAnyOrder(
                            "call", "call", "call", "transcript", "transcript", "media.audio");
        }
    }

    @Test
    @DisplayName("the account is healthy, and says so when its token is not")
    void health() throws Exception {
        assertThat(((ChecksHealth) account.account()).check()).isEqualTo(Health.up());

        reopen(
                Sample.settings(twilio.url())
                        .without("authToken")
                        .withSecret("authToken", "replaced"));

        assertThat(((ChecksHealth) account.account()).check().state())
                .isEqualTo(Health.State.STOPPED);
        assertThat(account.send(Sample.message(order(CallOrder.Action.DIAL))))
                .isInstanceOf(SendResult.AccountStopped.class);
    }

    private Ring ring() throws InterruptedException {
        return twilio.ring(Sample.CUSTOMER, Sample.LINE, Map.of()).await();
    }

    private static CallOrder order(CallOrder.Action action) {
        return new CallOrder(action, null);
    }

    private Ring only() {
        assertThat(twilio.rings()).hasSize(1);
        return twilio.rings().values().iterator().next();
    }

    private void awaitEvent(String event) {
        Awaitility.await().until(() -> events().contains(event));
    }

    private String download() throws Exception {
        var part =
                inbounds().stream()
                        .map(inbound -> inbound.parts().getFirst())
                        .filter(each -> each.fetch() != null)
                        .findFirst()
                        .orElseThrow();
        var where = ((FetchesMedia) account.account()).locate(Objects.requireNonNull(part.fetch()));
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(where.uri());
            where.headers().forEach(request::header);
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private List<Inbound> inbounds() {
        return host.stored().stream().map(Stored::inbound).toList();
    }

    private <T extends Content> Stream<T> of(Class<T> type) {
        return inbounds().stream().map(Inbound::content).filter(type::isInstance).map(type::cast);
    }

    private List<Call> calls() {
        return of(Call.class).toList();
    }

    private List<String> events() {
        return of(Call.class).map(call -> call.event().name()).toList();
    }

    private long receipts(Receipt.Status status) {
        return of(Receipt.class).filter(receipt -> receipt.status() == status).count();
    }
}
