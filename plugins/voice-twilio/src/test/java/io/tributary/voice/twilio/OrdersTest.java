package io.tributary.voice.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Content.CallOrder;
import io.tributary.model.Signal;
import io.tributary.model.Target;
import io.tributary.spi.Fields;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.LoopbackProvider;
import io.tributary.testkit.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is asked of Twilio, and what its answers mean.
class OrdersTest {

    private static final String TAKEN =
            "{\"sid\":\"%s\",\"status\":\"queued\"}".formatted(Sample.CALL);

    /// The customer answers whom an agent calls.
    private static final Fields CUSTOMERS_LEG =
            Fields.of("CallSid", Sample.LEG)
                    .with("ParentCallSid", Sample.CALL)
                    .with("From", Sample.LINE)
                    .with("To", Sample.CUSTOMER)
                    .with("Direction", "outbound-dial")
                    .with("CallStatus", "in-progress");

    @Test
    @DisplayName("the author is called first, and shown the customer's line to the customer")
    void agentFirst() throws Exception {
        var form = form(Sample.message(dial(null)).by(Sample.ADA));

        assertThat(form.first("To")).isEqualTo(Sample.AGENT);
        assertThat(form.first("From")).isEqualTo(Sample.LINE);
        assertThat(form.first("StatusCallback"))
                .endsWith("status?send=0199-key-1&as=agent#rc=3&rp=all");
        assertThat(form.all("StatusCallbackEvent"))
                .containsExactly("initiated", "ringing", "answered", "completed");
        assertThat(form.first("Twiml"))
                .contains("<Number ", ">" + Sample.CUSTOMER + "</Number>")
                .contains("callerId=\"" + Sample.LINE + "\"");
    }

    @Test
    @DisplayName("without a known author the customer is called, and goes the way of who calls")
    void customerFirst() throws Exception {
        var form = form(Sample.message(dial(Sample.CUSTOMER)));

        assertThat(form.first("To")).isEqualTo(Sample.CUSTOMER);
        assertThat(form.first("Twiml")).contains("<Dial ").doesNotContain("Welcome");
    }

    static Stream<Arguments> unfit() {
        var hidden = Sample.conversation("hidden:" + Sample.CALL);
        return Stream.of(
                Arguments.of("foreign-address", Sample.message(dial("+15559999999"))),
                Arguments.of("hidden", Sample.message(hidden, dial(null))),
                Arguments.of("no-call", Sample.message(order(CallOrder.Action.HANG_UP))),
                Arguments.of("no-call", Sample.about(order(CallOrder.Action.HOLD), "SM1", "CAx")),
                Arguments.of(
                        "agent",
                        Sample.about(order(CallOrder.Action.ANSWER), Sample.CALL)
                                .by(Actor.agent("bob", null))),
                Arguments.of(
                        "endpoint",
                        Sample.about(
                                new CallOrder(CallOrder.Action.TRANSFER, "+19005550000"),
                                Sample.CALL)),
                Arguments.of(
                        "endpoint", Sample.about(order(CallOrder.Action.TRANSFER), Sample.CALL)),
                Arguments.of("too-long", Sample.message(Content.text("&".repeat(1500)))),
                Arguments.of("content", Sample.message(Content.location(1, 2))));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    @DisplayName("what cannot be done is refused without a call")
    void refuses(String code, OutboundMessage message) throws Exception {
        try (var host = new FakeHost();
                var account =
                        host.open(
                                new VoiceChannel(),
                                Sample.settings(LoopbackProvider.unreachable()))) {
            assertThat(account.send(message))
                    .isInstanceOfSatisfying(
                            SendResult.Rejected.class,
                            rejected -> assertThat(rejected.reason().code()).isEqualTo(code));
            assertThat(host.calls()).isEmpty();
        }
    }

    @Test
    @DisplayName("an order is about the call that its target belongs to, whatever of it that is")
    void targets() throws Exception {
        var message = Sample.about(order(CallOrder.Action.HANG_UP), "x", Sample.CALL + "/answered");
        try (var host = new FakeHost();
                var twilio = LoopbackProvider.answering(200, "application/json", TAKEN);
                var account = host.open(new VoiceChannel(), Sample.settings(twilio.uri()))) {
            assertThat(account.send(message)).isInstanceOf(SendResult.Accepted.class);
            assertThat(host.calls().getFirst().uri().getPath())
                    .endsWith("/Calls/" + Sample.CALL + ".json");
            assertThat(Fields.decode(host.calls().getFirst().body()).all())
                    .containsExactly(new Fields.Field("Status", "completed"));
        }
    }

    @Test
    @DisplayName("an agent who was called first is not put on hold in the customer's place")
    void agentsLeg() throws Exception {
        try (var host = new FakeHost();
                var twilio = LoopbackProvider.answering(201, "application/json", TAKEN);
                var account = host.open(new VoiceChannel(), Sample.settings(twilio.uri()))) {
            account.send(Sample.message(dial(null)).by(Sample.ADA));

            assertThat(account.send(Sample.about(order(CallOrder.Action.HOLD), Sample.CALL)))
                    .isInstanceOfSatisfying(
                            SendResult.Rejected.class,
                            rejected ->
                                    assertThat(rejected.reason().code()).isEqualTo("agents-leg"));
            assertThat(account.send(Sample.about(order(CallOrder.Action.HANG_UP), Sample.CALL)))
                    .isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Test
    @DisplayName("a call whose order was never answered is known by what Twilio tells of it")
    void lostAnswer() throws Exception {
        var agentIsThere =
                Fields.of("CallSid", Sample.CALL)
                        .with("From", Sample.LINE)
                        .with("To", Sample.AGENT)
                        .with("Direction", "outbound-api")
                        .with("CallStatus", "in-progress");
        var saying =
                Fields.of("CallSid", Sample.CALL)
                        .with("TranscriptionSid", "GT1")
                        .with("TranscriptionEvent", "transcription-content")
                        .with("Track", "outbound_track")
                        .with("Final", "false")
                        .with("TranscriptionData", "{\"transcript\":\"Where\"}");
        try (var host = new FakeHost();
                var account =
                        host.open(
                                new VoiceChannel(),
                                Sample.settings(LoopbackProvider.unreachable()))) {
            account.webhook(Sample.post("status?as=agent&send=" + Sample.KEY, agentIsThere));
            account.webhook(Sample.post("leg?as=customer&send=" + Sample.KEY, CUSTOMERS_LEG));
            account.webhook(Sample.post("speech?as=agent", saying));

            var receipt = host.stored().getFirst().inbound();
            assertThat(receipt.content()).isEqualTo(Content.receipt(Content.Receipt.Status.SENT));
            assertThat(receipt.target()).isEqualTo(Target.external(Sample.KEY));
            assertThat(receipt.parts().getFirst().externalIds()).containsExactly(Sample.CALL);
            assertThat(account.send(Sample.about(order(CallOrder.Action.HOLD), Sample.CALL)))
                    .isInstanceOfSatisfying(
                            SendResult.Rejected.class,
                            rejected ->
                                    assertThat(rejected.reason().code()).isEqualTo("agents-leg"));
            assertThat(host.signals())
                    .containsExactly(Signal.transcript(Sample.LINE, Sample.CUSTOMER, "Where"));
        }
    }

    @Test
    @DisplayName("an order that could not be given for two minutes is given no more, but a text")
    void late() throws Exception {
        try (var host = new FakeHost();
                var twilio = LoopbackProvider.answering(201, "application/json", TAKEN);
                var account = host.open(new VoiceChannel(), Sample.settings(twilio.uri()))) {
            host.advance(Duration.between(host.clock().instant(), Sample.NOW).plusSeconds(119));
            assertThat(account.send(Sample.message(dial(null))))
                    .isInstanceOf(SendResult.Accepted.class);

            host.advance(Duration.ofSeconds(2));

            assertThat(account.send(Sample.message(dial(null))))
                    .isInstanceOfSatisfying(
                            SendResult.Rejected.class,
                            rejected -> assertThat(rejected.reason().code()).isEqualTo("too-late"));
            assertThat(account.send(Sample.message(Content.text("Your parcel is here."))))
                    .isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Test
    @DisplayName("whose call it is cannot be read: the order is given later, and is not lost")
    void unreadable() throws Exception {
        var hold = Sample.about(order(CallOrder.Action.HOLD), Sample.CALL);
        try (var host = new FakeHost()) {
            var settings = Sample.settings(LoopbackProvider.unreachable());
            var account = new VoiceAccount(host.context(settings));
            host.stateUnreadable(true);

            assertThat(account.send(hold))
                    .isInstanceOfSatisfying(
                            SendResult.Retry.class,
                            retry -> assertThat(retry.reason().code()).isEqualTo("store"));
            assertThat(host.calls()).isEmpty();
        }
    }

    @Test
    @DisplayName("the customer's own leg can be held: its events bear its id")
    void customersLeg() throws Exception {
        try (var host = new FakeHost();
                var account =
                        host.open(
                                new VoiceChannel(),
                                Sample.settings(LoopbackProvider.unreachable()))) {
            account.webhook(Sample.post("leg?as=customer&send=" + Sample.KEY, CUSTOMERS_LEG));

            var ids =
                    host.stored().stream()
                            .flatMap(stored -> stored.inbound().parts().stream())
                            .flatMap(part -> part.externalIds().stream())
                            .toList();
            assertThat(ids).containsExactly(Sample.LEG, Sample.LEG + "/in-progress");
            assertThat(
                            CallSid.of(
                                    Objects.requireNonNull(
                                            Sample.about(order(CallOrder.Action.HOLD), Sample.LEG)
                                                    .target())))
                    .isEqualTo(Sample.LEG);
        }
    }

    @Test
    @DisplayName("a call is ended until it is surely over: that it is over already is no error")
    void hangsUpAgain() throws Exception {
        var over = "{\"code\":21220,\"message\":\"Call is not in-progress\",\"status\":400}";
        var hangUp = Sample.about(order(CallOrder.Action.HANG_UP), Sample.CALL);
        try (var host = new FakeHost();
                var twilio =
                        LoopbackProvider.playing(
                                Turn.HANG_UP,
                                Turn.answer(504),
                                Turn.answer(400).body("application/json", over));
                var account = host.open(new VoiceChannel(), Sample.settings(twilio.uri()))) {
            assertThat(account.send(hangUp)).isInstanceOf(SendResult.Retry.class);
            assertThat(account.send(hangUp)).isInstanceOf(SendResult.Retry.class);
            assertThat(account.send(hangUp)).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, '{\"status\":\"completed\"}', Accepted",
        "200, '{\"status\":\"canceled\"}', Accepted",
        "200, '{\"status\":\"no-answer\"}', Accepted",
        "200, '{\"status\":\"in-progress\"}', Rejected",
        "200, '{\"status\":\"queued\"}', Rejected",
        "200, '{}', Unknown",
        "404, '{\"code\":20404}', Rejected",
        "429, '{\"code\":20429}', Unknown",
        "503, '{\"code\":20503}', Unknown",
        "504, '<html>', Unknown",
    })
    @DisplayName("a call that could not surely be ended for two minutes is asked after")
    void hangsUpLate(int status, String body, String result) throws Exception {
        var hangUp = Sample.about(order(CallOrder.Action.HANG_UP), Sample.CALL);
        try (var host = new FakeHost();
                var twilio = LoopbackProvider.answering(status, "application/json", body);
                var account = host.open(new VoiceChannel(), Sample.settings(twilio.uri()))) {
            host.advance(Duration.between(host.clock().instant(), Sample.NOW).plusSeconds(121));

            assertThat(account.send(hangUp).getClass().getSimpleName()).isEqualTo(result);
            assertThat(host.calls())
                    .singleElement()
                    .satisfies(call -> {
                        assertThat(call.method()).isEqualTo("GET");
                        assertThat(call.uri().getPath())
                                .endsWith("/Calls/" + Sample.CALL + ".json");
                    });
        }
    }

    @Test
    @DisplayName("whether a call was ended is not claimed to be known where Twilio is silent")
    void hangsUpUnheard() throws Exception {
        var hangUp = Sample.about(order(CallOrder.Action.HANG_UP), Sample.CALL);
        try (var host = new FakeHost();
                var account =
                        host.open(
                                new VoiceChannel(),
                                Sample.settings(LoopbackProvider.unreachable()))) {
            host.advance(Duration.between(host.clock().instant(), Sample.NOW).plusSeconds(121));

            assertThat(account.send(hangUp))
                    .isInstanceOfSatisfying(
                            SendResult.Unknown.class,
                            unknown -> assertThat(unknown.reason().code()).isEqualTo("too-late"));
        }
    }

    @Test
    @DisplayName("who is put on hold in vain is told with the order's key")
    void settlesHold() throws Exception {
        assertThat(changed(order(CallOrder.Action.HOLD)).first("Twiml"))
                .contains("/left?send=" + Sample.KEY + "#")
                .contains(">" + Orders.parking(Sample.KEY) + "</Enqueue>");
    }

    @Test
    @DisplayName("whom an order rings in vain is told with the order's key")
    void settles() throws Exception {
        var form = changed(order(CallOrder.Action.ANSWER));

        assertThat(form.first("Twiml")).contains("/dialled?send=" + Sample.KEY + "#");
    }

    @ParameterizedTest
    @CsvSource({
        "client:bob, true",
        "sip:bob@example.com, true",
        "hidden:CA1, true",
        "+15551230001, false",
    })
    @DisplayName("an agent at a number is shown the line of a customer who has none")
    void withoutNumber(String customer, boolean shown) throws Exception {
        var number = "+15005550099";
        var agents = List.of(Sample.section("id", "ada", "endpoint", number));
        var target = Sample.about(order(CallOrder.Action.ANSWER), Sample.CALL).target();
        var message =
                Sample.message(Sample.conversation(customer), order(CallOrder.Action.ANSWER))
                        .by(Sample.ADA)
                        .target(Objects.requireNonNull(target));
        try (var host = new FakeHost();
                var twilio = LoopbackProvider.answering(200, "application/json", TAKEN);
                var account =
                        host.open(
                                new VoiceChannel(),
                                Sample.settings(twilio.uri()).with("agents", agents))) {
            account.send(message);

            var twiml = Fields.decode(host.calls().getFirst().body()).need("Twiml");
            assertThat(twiml).contains(">" + number + "</Number>");
            assertThat(twiml.contains("callerId=\"" + Sample.LINE + "\"")).isEqualTo(shown);
        }
    }

    private static Fields changed(CallOrder order) throws Exception {
        try (var host = new FakeHost();
                var twilio = LoopbackProvider.answering(200, "application/json", TAKEN);
                var account = host.open(new VoiceChannel(), Sample.settings(twilio.uri()))) {
            assertThat(account.send(Sample.about(order, Sample.CALL)))
                    .isInstanceOf(SendResult.Accepted.class);
            return Fields.decode(host.calls().getFirst().body());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, 21211, Rejected",
        "400, 21214, RecipientGone",
        "400, 21215, Rejected",
        "400, 21210, Rejected",
        "400, 21220, Rejected",
        "404, 20404, Rejected",
        "429, 20429, Retry",
        "429, 10004, Retry",
        "503, 20503, Retry",
        "500, 20500, Unknown",
        "401, 20003, AccountStopped",
        "403, 20005, AccountStopped",
        "500, 99999, Unknown",
    })
    @DisplayName("Twilio's errors are sorted")
    void errors(int status, int code, String result) throws Exception {
        var body = "{\"code\":%d,\"message\":\"no\",\"status\":%d}".formatted(code, status);
        try (var host = new FakeHost();
                var twilio = LoopbackProvider.answering(status, "application/json", body);
                var account = host.open(new VoiceChannel(), Sample.settings(twilio.uri()))) {
            assertThat(account.send(Sample.message(dial(null))).getClass().getSimpleName())
                    .isEqualTo(result);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "500, 20500, Unknown",
        "500, 99999, Unknown",
        "500, 0, Unknown",
        "503, 20503, Retry",
        "429, 20429, Retry",
    })
    @DisplayName(
            "what Twilio may have done with a call is not done again: it would cut off who talk by then")
    void errorsOfChanges(int status, int code, String result) throws Exception {
        var body = code == 0 ? "<html>" : "{\"code\":%d,\"status\":%d}".formatted(code, status);
        var hold = order(CallOrder.Action.HOLD);
        var answer = order(CallOrder.Action.ANSWER);
        var resume = order(CallOrder.Action.RESUME);
        var transfer = new CallOrder(CallOrder.Action.TRANSFER, Sample.AGENT);
        try (var host = new FakeHost();
                var twilio = LoopbackProvider.answering(status, "application/json", body);
                var account = host.open(new VoiceChannel(), Sample.settings(twilio.uri()))) {
            for (var order : List.of(hold, answer, resume, transfer)) {
                assertThat(
                                account.send(Sample.about(order, Sample.CALL))
                                        .getClass()
                                        .getSimpleName())
                        .as("%s", order.action())
                        .isEqualTo(result);
            }
        }
    }

    private static Fields form(OutboundMessage message) throws Exception {
        try (var host = new FakeHost();
                var twilio = LoopbackProvider.answering(201, "application/json", TAKEN);
                var account = host.open(new VoiceChannel(), Sample.settings(twilio.uri()))) {
            assertThat(account.send(message)).isEqualTo(SendResult.accepted(Sample.CALL));
            return Fields.decode(host.calls().getFirst().body());
        }
    }

    private static CallOrder dial(@Nullable String endpoint) {
        return new CallOrder(CallOrder.Action.DIAL, endpoint);
    }

    private static CallOrder order(CallOrder.Action action) {
        return new CallOrder(action, null);
    }
}
