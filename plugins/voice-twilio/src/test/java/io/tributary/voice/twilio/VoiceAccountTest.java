package io.tributary.voice.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.model.Content;
import io.tributary.model.Content.CallOrder;
import io.tributary.model.Reason;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.FetchesMedia;
import io.tributary.spi.Fields;
import io.tributary.spi.Health;
import io.tributary.spi.Line;
import io.tributary.spi.Trouble;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.LoopbackProvider;
import io.tributary.testkit.Stored;
import io.tributary.testkit.TestSettings;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The account's smaller duties, and events that are none of the usual.
class VoiceAccountTest {

    private static final URI API = URI.create("http://127.0.0.1:4020");

    private final FakeHost host = new FakeHost();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    @DisplayName("calls can be ordered; texts are read only where the operator wants it")
    void capabilities() throws Exception {
        try (var bare = open(Sample.bare(API))) {
            var can = bare.capabilities(Sample.conversation());
            var order = new CallOrder(CallOrder.Action.HANG_UP, null);
            assertThat(can.support(order.capability()).values()).contains("dial", "hang_up");
            assertThat(can.support("text").level()).isEqualTo(Level.REFUSED);
            assertThat(can.mayStart()).isTrue();
        }
        try (var all = open(Sample.settings(API))) {
            assertThat(all.capabilities(Sample.conversation()).support("text").level())
                    .isEqualTo(Level.FULL);
        }
    }

    @Test
    @DisplayName("its numbers are its lines")
    void lines() throws Exception {
        try (var account = open(Sample.bare(API).with("numbers", List.of("+15005550007")))) {
            assertThat(account.account().lines())
                    .containsExactly(
                            Line.of(Sample.LINE, Sample.LINE),
                            Line.of("+15005550007", "+15005550007"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1.mp3",
                "https://media.twilio.com/RE1.mp3",
                "http://127.0.0.1:4020/2010-04-01/Accounts/AC1/Recordings/RE1.mp3",
            })
    @DisplayName("recordings are fetched from Twilio, with the account's credentials")
    void recordings(String fetch) throws Exception {
        try (var account = open(Sample.bare(API))) {
            var where = ((FetchesMedia) account.account()).locate(fetch);
            assertThat(where.uri()).hasToString(fetch);
            assertThat(where.headers()).containsKey("Authorization");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com/RE1.mp3",
                "https://twilio.com.evil.example/RE1.mp3",
                "http://api.twilio.com/RE1.mp3",
                "https://api.twilio.com:8443/RE1.mp3",
                "http://127.0.0.1:4021/RE1.mp3",
                "http://169.254.169.254/latest/meta-data",
                "file:///etc/passwd",
                "nonsense",
            })
    @DisplayName("nothing is fetched from anywhere else")
    void elsewhere(String fetch) throws Exception {
        try (var account = open(Sample.bare(API))) {
            assertThatExceptionOfType(Trouble.class)
                    .isThrownBy(() -> ((FetchesMedia) account.account()).locate(fetch));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "speech, TranscriptionEvent, transcription-error, The call could not be transcribed",
        "recording, RecordingStatus, failed, There is no recording of the call",
        "recording, RecordingStatus, absent, There is no recording of the call",
    })
    @DisplayName("what did not work is said about the call")
    void troubles(String path, String name, String value, String text) throws Exception {
        try (var account = open(Sample.bare(API))) {
            var form =
                    Fields.of("CallSid", Sample.CALL).with("RecordingSid", "RE1").with(name, value);
            assertThat(account.webhook(Sample.post(path, form)).problem()).isEmpty();
            assertThat(contents()).extracting(Content::fallback).containsExactly(text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "speech, TranscriptionEvent, transcription-started",
        "speech, TranscriptionEvent, transcription-stopped",
        "recording, RecordingStatus, in-progress",
        "status, CallStatus, in-progress",
        "status, CallStatus, queued",
        "left, QueueResult, hangup",
        "recorded, RecordingSid, RE1",
    })
    @DisplayName("what nobody has to see is not shown")
    void nothingToSee(String path, String name, String value) throws Exception {
        try (var account = open(Sample.bare(API))) {
            var form = Sample.with(Sample.RINGING, "RecordingSid", "RE1");
            var received = account.webhook(Sample.post(path, Sample.with(form, name, value)));
            assertThat(received.problem()).isEmpty();
            assertThat(contents()).isEmpty();
            assertThat(host.deadLetters()).isEmpty();
        }
    }

    @Test
    @DisplayName("what is not known is kept for operators")
    void unknown() throws Exception {
        try (var account = open(Sample.bare(API))) {
            account.webhook(Sample.post("", Fields.of("Something", "new")));
            account.webhook(Sample.post("elsewhere", Sample.RINGING));

            assertThat(contents()).hasSize(2).allMatch(Content.Custom.class::isInstance);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "queue-full, as many callers are on hold as Twilio takes",
        "error, Twilio could not put the caller on hold",
        "system-error, Twilio could not put the caller on hold",
    })
    @DisplayName("who could not be put on hold is a failed order")
    void notHeld(String result, String why) throws Exception {
        try (var account = open(Sample.bare(API))) {
            var left = Sample.RINGING.with("QueueResult", result);
            assertThat(account.webhook(Sample.post("left?send=k1", left)).problem()).isEmpty();

            assertThat(contents())
                    .containsExactly(
                            new Content.Receipt(
                                    Content.Receipt.Status.FAILED, Reason.of(result, why)));
        }
    }

    @Test
    @DisplayName("callers on hold are spread over queues, of which each takes a hundred")
    void parking() {
        var queues = IntStream.range(0, 1000).mapToObj(key -> Orders.parking("key-" + key));

        assertThat(queues.distinct()).hasSizeGreaterThan(20).hasSizeLessThan(100);
    }

    @Test
    @DisplayName("who took a caller out of the queue has answered the call")
    void bridged() throws Exception {
        try (var account = open(Sample.bare(API))) {
            var left = Sample.RINGING.with("QueueResult", "bridged").with("QueueSid", "QU1");
            account.webhook(Sample.post("left", left));
            account.webhook(Sample.post("left", left));

            assertThat(contents()).containsExactly(Progress.answered());
        }
    }

    private List<Content> contents() {
        return host.stored().stream().map(Stored::inbound).map(each -> each.content()).toList();
    }

    private HostedAccount open(TestSettings settings) throws Exception {
        return host.open(new VoiceChannel(), settings);
    }

    @Test
    @DisplayName("an account that cannot be reached is down")
    void health() throws Exception {
        try (var account = open(Sample.bare(LoopbackProvider.unreachable()))) {
            var health = ((ChecksHealth) account.account()).check();
            assertThat(health.state()).isEqualTo(Health.State.DOWN);
        }
    }
}
