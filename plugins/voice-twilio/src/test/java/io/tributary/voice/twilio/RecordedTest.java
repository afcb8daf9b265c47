package io.tributary.voice.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Content;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.Fixtures;
import io.tributary.testkit.LoopbackProvider;
import io.tributary.testkit.Recorder;
import io.tributary.twilio.Doorway;
import io.tributary.voice.twilio.simulator.Script;
import io.tributary.voice.twilio.simulator.VoiceSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keeping what came as fixtures. Those beside these tests were kept this way, from the simulator;
/// an account of one's own in place of it records Twilio itself.
class RecordedTest {

    /// What Twilio says that is nobody's secret.
    private static final String[] HARMLESS = {
        "CallStatus",
        "StatusCallbackEvent",
        "as",
        "Direction",
        "ApiVersion",
        "CallbackSource",
        "SequenceNumber",
        "Timestamp",
        "CallDuration",
        "Duration",
        "SipResponseCode",
        "FromCountry",
        "ToCountry",
        "StirVerstat",
        "TranscriptionEvent",
        "TranscriptionStatus",
        "Track",
        "Final",
        "LanguageCode",
        "SequenceId",
        "RecordingStatus",
        "RecordingSource",
        "RecordingDuration",
        "RecordingChannels",
        "RecordingStartTime",
        "QueueTime",
        "QueueResult",
        "QueuePosition",
        "DialCallStatus",
        "2010-04-01",
        "status",
        "direction",
        "api_version"
    };

    @TempDir Path folder;

    @Test
    @DisplayName("calls are kept without anybody's number, word or token in them, and understood")
    void scrubbed() throws Exception {
        var came = record(folder);

        assertThat(files())
                .isNotEmpty()
                .allSatisfy(text ->
                        assertThat(text)
                                .doesNotContain(Sample.TOKEN, Sample.CUSTOMER, "15551230001")
                                .doesNotContain("my parcel", "X-Twilio-Signature"));
        assertThat(replayed(folder)).isEqualTo(came);
    }

    @Test
    @DisplayName("the fixtures of these tests are understood, too")
    void ours() throws Exception {
        assertThat(replayed(Sample.RECORDED)).contains("call", "transcript", "media.audio");
    }

    /// Types of what was kept, in order.
    static List<String> record(Path into) throws Exception {
        try (var host = new FakeHost();
                var door = new Doorway();
                var twilio =
                        VoiceSimulator.start(
                                new VoiceSimulator.Account(
                                        Sample.ACCOUNT, Sample.TOKEN, door.url()),
                                0)) {
            var settings =
                    Sample.settings(twilio.url())
                            .with("publicUrl", door.url().toString())
                            .with("transcribeCalls", true)
                            .with("recordCalls", true);
            host.recordingInto(
                    Recorder.into(into, settings)
                            .keeping(HARMLESS)
                            .replacing(Sample.ACCOUNT, Sample.ACCOUNT)
                            .replacing(Sample.LINE, Sample.LINE));
            try (var account = host.open(new VoiceChannel(), settings)) {
                door.leadsTo(account);
                twilio.script(Script.USUAL.says("Where is my parcel?"));
                var verstat = Map.of("StirVerstat", "TN-Validation-Passed-B");
                twilio.ring(Sample.CUSTOMER, Sample.LINE, verstat).await();
                // What is recorded side by side would be recorded in any order.
                twilio.hold();
                account.send(Sample.message(Content.text("Your parcel is here.")));
                Awaitility.await()
                        .until(() ->
                                twilio.rings().size() == 2
                                        && twilio.rings().values().stream()
                                                .allMatch(
                                                        ring -> ring.status().equals("completed")));
                for (var ring : twilio.rings().values()) {
                    ring.await();
                }
                twilio.release(new Random(1));
            }
            return types(host);
        }
    }

    private static List<String> replayed(Path from) throws Exception {
        try (var host = new FakeHost();
                var account =
                        host.open(
                                new VoiceChannel(),
                                Sample.settings(LoopbackProvider.unreachable()))) {
            Fixtures.in(from)
                    .webhooks()
                    .forEach(webhook ->
                            assertThat(account.webhook(Sample.again(webhook)).problem()).isEmpty());
            assertThat(host.deadLetters()).isEmpty();
            return types(host);
        }
    }

    private static List<String> types(FakeHost host) {
        return host.stored().stream()
                .flatMap(stored -> stored.inbound().parts().stream())
                .map(part -> part.content().capability())
                .toList();
    }

    private List<String> files() throws IOException {
        var texts = new ArrayList<String>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }
}
