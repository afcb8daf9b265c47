package io.tributary.sms.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Content;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.Fixtures;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.LoopbackProvider;
import io.tributary.testkit.Recorder;
import io.tributary.testkit.TestSettings;
import io.tributary.twilio.Doorway;
import io.tributary.twilio.simulator.Course;
import io.tributary.twilio.simulator.Options;
import io.tributary.twilio.simulator.Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keeping what came as fixtures. Those beside these tests were kept this way, from the simulator;
/// an account of one's own in place of it records Twilio itself.
class RecordedTest {

    /// What Twilio says that is nobody's secret.
    private static final String[] HARMLESS = {
        "NumMedia",
        "NumSegments",
        "SmsStatus",
        "MessageStatus",
        "ApiVersion",
        "ToCountry",
        "FromCountry",
        "MediaContentType0",
        "OptOutType",
        "2010-04-01",
        "status",
        "direction",
        "num_media",
        "num_segments",
        "api_version",
        "price_unit",
        "date_created",
        "date_updated"
    };

    private static final int WEBHOOKS = 6;

    @TempDir Path folder;

    @Test
    @DisplayName("a conversation is kept without anybody's name, number, word or token in it")
    void scrubbed() throws Exception {
        record(folder);

        assertThat(files())
                .hasSizeGreaterThan(WEBHOOKS)
                .allSatisfy(text ->
                        assertThat(text)
                                .doesNotContain(Sample.TOKEN, Sample.CUSTOMER, "15551230001", "Ada")
                                .doesNotContain(
                                        "Is it ready", "X-Twilio-Signature", "authorization")
                                .doesNotContain(base64(Signed.ACCOUNT + ":" + Sample.TOKEN)));
    }

    @Test
    @DisplayName("what was kept, signed anew, is understood as what came was")
    void understood() throws Exception {
        var came = record(folder);

        assertThat(replayed(folder)).isEqualTo(came);
    }

    @Test
    @DisplayName("the fixtures of these tests are understood, too")
    void ours() throws Exception {
        assertThat(replayed(Sample.RECORDED)).containsSequence("text", "text", "media.image");
    }

    /// Types of what was kept, in order.
    private static List<String> record(Path into) throws Exception {
        try (var host = new FakeHost();
                var door = new Doorway();
                var twilio =
                        Simulator.start(
                                new Options()
                                        .account(Signed.ACCOUNT, Sample.TOKEN)
                                        .webhook(door.url())
                                        .course(Course.DELIVERED.every(Duration.ofMillis(5))))) {
            TestSettings settings =
                    Sample.settings(twilio.url()).with("publicUrl", door.url().toString());
            host.recordingInto(
                    Recorder.into(into, settings)
                            .keeping(HARMLESS)
                            .replacing(Signed.ACCOUNT, Signed.ACCOUNT)
                            .replacing(Sample.LINE, Sample.LINE));
            try (var account = host.open(new TwilioChannel(), settings)) {
                door.leadsTo(account);
                twilio.text(Sample.CUSTOMER, Sample.LINE, "Is it ready? 👋 Ada");
                twilio.picture(
                        Sample.CUSTOMER,
                        Sample.LINE,
                        "Is it ready like this?",
                        "image/png",
                        "a picture".getBytes(StandardCharsets.UTF_8));
                twilio.text(Sample.CUSTOMER, Sample.LINE, "Is it ready now?");
                account.send(Sample.message(host.clock().instant(), Content.text("It is.")));
                Awaitility.await().until(() -> host.stored().size() == WEBHOOKS);
            }
            return types(host);
        }
    }

    private static List<String> replayed(Path from) throws Exception {
        try (var host = new FakeHost();
                var account = open(host)) {
            Fixtures.in(from)
                    .webhooks()
                    .forEach(webhook ->
                            assertThat(account.webhook(Signed.again(webhook)).problem()).isEmpty());
            assertThat(host.deadLetters()).isEmpty();
            return types(host);
        }
    }

    private static HostedAccount open(FakeHost host) throws Exception {
        return host.open(new TwilioChannel(), Sample.settings(LoopbackProvider.unreachable()));
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

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
