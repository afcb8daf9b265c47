package io.tributary.voice.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Bytes;
import io.tributary.spi.Fields;
import io.tributary.spi.Malformed;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.LoopbackProvider;
import java.util.List;

/// What a genuine webhook may look like that nobody has thought of, at every place behind the door.
class WebhookFuzzTest {

    private static final List<String> PLACES =
            List.of(
                    "",
                    "status?send=k",
                    "status?send=k&as=agent",
                    "leg?as=answered",
                    "leg?as=customer&send=k",
                    "dialled",
                    "dialled?send=k",
                    "wait",
                    "hold?send=k",
                    "left",
                    "left?send=k",
                    "key",
                    "recorded",
                    "recording",
                    "words",
                    "speech");

    @FuzzTest(maxDuration = "10s")
    void everySignedBodyIsAnsweredOrMalformed(byte[] body) throws Exception {
        Fields form;
        try {
            form = Fields.decode(Bytes.wrap(body));
        } catch (Malformed broken) {
            return;
        }
        var settings = Sample.settings(LoopbackProvider.unreachable());
        try (var host = new FakeHost();
                var account = host.open(new VoiceChannel(), settings)) {
            for (var place : PLACES) {
                var received = account.webhook(Sample.post(place, form));
                assertThat(received.status()).isIn(200, 204, 400, 403);
                var reply = received.reply();
                if (reply != null && !reply.body().isEmpty()) {
                    assertThat(reply.body().utf8())
                            .startsWith("<Response>")
                            .endsWith("</Response>");
                }
            }
            assertThat(host.violations()).isEmpty();
        }
    }
}
