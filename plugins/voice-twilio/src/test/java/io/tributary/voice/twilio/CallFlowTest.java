package io.tributary.voice.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Content;
import io.tributary.spi.Fields;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.LoopbackProvider;
import io.tributary.testkit.TestSettings;
import io.tributary.twilio.PlainSignature;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which document follows which step.
class CallFlowTest {

    private static final String RETRIES = "#rc=3&amp;rp=all";
    private static final TestSettings ALL = Sample.settings(LoopbackProvider.unreachable());
    private static final TestSettings QUEUE = Sample.bare(LoopbackProvider.unreachable());

    @Test
    @DisplayName("greeting, then agents, all at once")
    void begins() throws Exception {
        assertThat(answer(ALL, "", Sample.RINGING))
                .isEqualTo(
                        "<Response><Say>Welcome.</Say><Dial answerOnBridge=\"true\" timeout=\"20\""
                                + " action=\""
                                + url("dialled")
                                + "\">"
                                + noun("Sip", "sip:ada@desk.example.com")
                                + noun("Number", "+15005550099")
                                + "</Dial></Response>");
    }

    private static String noun(String name, String endpoint) {
        return "<%s statusCallback=\"%s\" statusCallbackEvent=\"answered\">%s</%s>"
                .formatted(name, url("leg", "?as=answered"), endpoint, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client:bob", "sip:bob@example.com", "+266696687", "Anonymous"})
    @DisplayName("agents at numbers are rung for a caller without one, and shown the line")
    void withoutNumber(String from) throws Exception {
        var shown = "callerId=\"" + Sample.LINE + "\"";
        var onlySip = QUEUE.with("routing", Sample.section("ring", List.of(Sample.AGENT)));
        var caller = Sample.with(Sample.RINGING, "From", from);

        assertThat(answer(ALL, "", caller)).contains(shown);
        assertThat(answer(onlySip, "", caller)).contains("<Dial ").doesNotContain("callerId");
    }

    @ParameterizedTest
    @CsvSource({"in-progress, RINGING", "completed, ENDED"})
    @DisplayName("a call that comes back to the number's own address is told what to do")
    void comesBack(String status, String event) throws Exception {
        try (var host = new FakeHost();
                var account = host.open(new VoiceChannel(), ALL)) {
            var again = Sample.post("", Sample.with(Sample.RINGING, "CallStatus", status));
            var reply = Objects.requireNonNull(account.webhook(again).reply());

            assertThat(reply.body().utf8()).startsWith("<Response><Say>Welcome.</Say><Dial ");
            assertThat(host.stored())
                    .extracting(stored -> ((Content.Call) stored.inbound().content()).event())
                    .containsExactly(Content.Call.Event.valueOf(event));
        }
    }

    @Test
    @DisplayName("recorded and transcribed from the first word on where the settings say so")
    void listens() throws Exception {
        var listening =
                QUEUE.with("recordCalls", true)
                        .with("transcribeCalls", true)
                        .with("routing", Sample.section("queue", "support", "language", "de-DE"));

        assertThat(answer(listening, "", Sample.RINGING))
                .startsWith("<Response><Start><Recording channels=\"dual\"")
                .contains("</Start><Start><Transcription statusCallbackUrl=\"" + url("speech"))
                .contains("languageCode=\"de-DE\"");
    }

    @ParameterizedTest
    @CsvSource({
        "no-answer, Enqueue",
        "busy, Enqueue",
        "failed, Enqueue",
        "completed, Hangup",
        "answered, Hangup",
        "canceled, Hangup",
        "'', Hangup"
    })
    @DisplayName("whom nobody answered waits in the queue")
    void afterRinging(String status, String verb) throws Exception {
        assertThat(answer(ALL, "dialled", about().with("DialCallStatus", status)))
                .startsWith("<Response><" + verb);
    }

    @Test
    @DisplayName("an agent who did not reach the customer is not put into the queue")
    void agentFirst() throws Exception {
        assertThat(answer(ALL, "dialled?as=agent", about().with("DialCallStatus", "no-answer")))
                .isEqualTo("<Response><Hangup/></Response>");
    }

    @Test
    @DisplayName("who waits is offered to be called back, unless the number is hidden")
    void waits() throws Exception {
        assertThat(answer(ALL, "wait", about().with("QueueTime", "20")))
                .isEqualTo(
                        "<Response><Gather numDigits=\"1\" finishOnKey=\"\""
                                + " timeout=\"5\" action=\""
                                + url("key")
                                + "\"><Say>Press 1 to be called back.</Say></Gather>"
                                + "<Pause length=\"20\"/></Response>");
        var hidden = Sample.with(about().with("QueueTime", "20"), "From", "+266696687");
        assertThat(answer(ALL, "wait", hidden))
                .isEqualTo("<Response><Pause length=\"20\"/></Response>");
    }

    @Test
    @DisplayName("who has waited long enough leaves the queue for voicemail")
    void voicemail() throws Exception {
        assertThat(answer(ALL, "wait", about().with("QueueTime", "180")))
                .isEqualTo("<Response><Leave/></Response>");
        assertThat(answer(ALL, "left", about().with("QueueResult", "leave")))
                .startsWith("<Response><Say>Please speak.</Say><Record action=\"" + url("recorded"))
                .contains("maxLength=\"120\"")
                .doesNotContain("transcribe");
        assertThat(answer(QUEUE, "left", about().with("QueueResult", "queue-full")))
                .isEqualTo("<Response><Hangup/></Response>");
    }

    @Test
    @DisplayName("another key than the offered one leads back to the queue")
    void otherKey() throws Exception {
        assertThat(answer(ALL, "key", about().with("Digits", "2")))
                .isEqualTo("<Response><Redirect>" + url("wait") + "</Redirect></Response>");
    }

    @Test
    @DisplayName("what is said cannot become a verb")
    void escapes() throws Exception {
        var settings =
                QUEUE.with(
                        "routing",
                        Sample.section(
                                "queue", "support", "greeting", "</Say><Dial>+1</Dial>&\u0000\"'"));

        assertThat(answer(settings, "", Sample.RINGING))
                .startsWith(
                        "<Response><Say>&lt;/Say&gt;&lt;Dial&gt;+1&lt;/Dial&gt;&amp; &quot;'</Say>");
    }

    @Test
    @DisplayName("behind a proxy Twilio is sent where it can reach us")
    void proxies() throws Exception {
        var settings = QUEUE.with("publicUrl", "https://proxy.example.com/in/voice");
        try (var host = new FakeHost();
                var account = host.open(new VoiceChannel(), settings)) {
            var form = Sample.RINGING;
            var url = "https://proxy.example.com/in/voice";
            var signature = PlainSignature.of(Sample.TOKEN, url, form);
            var received =
                    account.webhook(Sample.post("", form).header("x-twilio-signature", signature));

            assertThat(Objects.requireNonNull(received.reply()).body().utf8())
                    .contains("https://proxy.example.com/in/voice/wait" + RETRIES)
                    .contains("https://proxy.example.com/in/voice/left" + RETRIES);
        }
    }

    @Test
    @DisplayName("routing that cannot be meant is named")
    void checks() {
        var channel = new VoiceChannel();
        assertThat(channel.check(ALL)).isEmpty();
        assertThat(channel.check(QUEUE)).isEmpty();
        for (var wrong :
                List.of(
                        Sample.section("ring", List.of(Sample.AGENT), "ringFor", "1s"),
                        Sample.section("ring", List.of(Sample.AGENT), "ringFor", "soon"),
                        Sample.section("voicemail", "Speak.", "longestVoicemail", "2h"),
                        Sample.section("voicemail", "Speak.", "voicemailAfter", "1s"),
                        Sample.section("voicemail", "Speak.", "callBackOffer", "Press 1."))) {
            assertThat(channel.check(QUEUE.with("routing", wrong)))
                    .as("%s", wrong)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.key()).startsWith("routing."));
        }
    }

    private static Fields about() {
        return Sample.with(Sample.RINGING, "CallStatus", "in-progress");
    }

    private static String url(String path) {
        return url(path, "");
    }

    private static String url(String path, String query) {
        return FakeHost.webhookUrl(path) + query + RETRIES;
    }

    private static String answer(TestSettings settings, String behind, Fields form)
            throws Exception {
        try (var host = new FakeHost();
                var account = host.open(new VoiceChannel(), settings)) {
            var received = account.webhook(Sample.post(behind, form));
            assertThat(received.problem()).isEmpty();
            return Objects.requireNonNull(received.reply()).body().utf8();
        }
    }
}
