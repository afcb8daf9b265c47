package io.tributary.voice.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Evidence;
import io.tributary.model.Json;
import io.tributary.spi.Fields;
import io.tributary.spi.Inbound;
import io.tributary.spi.Party;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.LoopbackProvider;
import io.tributary.testkit.TestSettings;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who calls, and what that is worth.
class CallerTest {

    private static final TestSettings SETTINGS = Sample.settings(LoopbackProvider.unreachable());

    @ParameterizedTest
    @CsvSource({
        "TN-Validation-Passed-A, A, true, true",
        "TN-Validation-Passed-A-Diverted, A, true, true",
        "TN-Validation-Passed-A-Passthrough, A, true, true",
        "TN-Validation-Passed-B, B, true, false",
        "TN-Validation-Passed-C-Diverted, C, true, false",
        "TN-Validation-Failed-A, A, false, false",
        "TN-Validation-Failed, '', false, false",
        "No-TN-Validation, '', false, false",
        "TN-Validation-Passed-AB, '', true, false",
        "TN-Validation-Passed-, '', true, false",
        "tn-validation-passed-a, '', false, false",
    })
    @DisplayName("only a number that its carrier vouches for joins other channels")
    void verstat(String value, String attestation, boolean passed, boolean proven)
            throws Exception {
        var ringing = ringing(SETTINGS, Sample.RINGING.with("StirVerstat", value));

        assertThat(isProven(ringing)).isEqualTo(proven);
        assertThat(ringing.extensions().get("voice-twilio.verstat"))
                .isEqualTo(
                        Json.of(
                                "{\"value\":\"%s\",\"attestation\":\"%s\",\"passed\":%s,\"signed\":true}"
                                        .formatted(value, attestation, passed)));
    }

    @Test
    @DisplayName("what was added behind the signature proves nothing")
    void unsigned() throws Exception {
        var request = Sample.post("", Sample.RINGING);
        var more = Sample.RINGING.with("StirVerstat", "TN-Validation-Passed-A");
        try (var host = new FakeHost();
                var account = host.open(new VoiceChannel(), SETTINGS)) {
            assertThat(account.webhook(request.body(more.encode())).problem()).isEmpty();

            var ringing = host.stored().getFirst().inbound();
            assertThat(isProven(ringing)).isFalse();
            assertThat(Objects.requireNonNull(ringing.extensions().get("voice-twilio.verstat")))
                    .extracting(Json::text)
                    .asString()
                    .contains("\"signed\":false");
        }
    }

    @Test
    @DisplayName("nor does it where the call's end is the first that is told of it")
    void unsignedEnd() throws Exception {
        var ended = Sample.with(Sample.RINGING, "CallStatus", "completed");
        var request = Sample.post("status", ended);
        var more = ended.with("StirVerstat", "TN-Validation-Passed-A");
        try (var host = new FakeHost();
                var account = host.open(new VoiceChannel(), SETTINGS)) {
            assertThat(account.webhook(request.body(more.encode())).problem()).isEmpty();

            assertThat(isProven(host.stored().getFirst().inbound())).isFalse();
        }
    }

    @Test
    @DisplayName("without attestation a number is a claim, unless the operator trusts it")
    void claims() throws Exception {
        assertThat(isProven(ringing(SETTINGS, Sample.RINGING))).isFalse();
        assertThat(isProven(ringing(SETTINGS.with("trustCallerId", true), Sample.RINGING)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+266696687",
                "+7378742833",
                "+2562533",
                "+8656696",
                "+86282452253",
                "Anonymous",
                "",
                "12345"
            })
    @DisplayName("who hides is somebody else each time, and cannot be called")
    void hidden(String from) throws Exception {
        var party = party(ringing(SETTINGS, Sample.with(Sample.RINGING, "From", from)));

        assertThat(party.address()).isEqualTo("hidden:" + Sample.CALL);
        assertThat(party.identities()).isEmpty();
        assertThat(Ends.isCallable(party.address())).isFalse();
    }

    @Test
    @DisplayName(
            "callers from the internet have addresses, and the network's name for a caller is shown")
    void others() throws Exception {
        var sip = Sample.with(Sample.RINGING, "From", "sip:bob@example.com");
        assertThat(party(ringing(SETTINGS, sip)).address()).isEqualTo("sip:bob@example.com");
        assertThat(party(ringing(SETTINGS, sip)).identities()).isEmpty();

        var named = Sample.RINGING.with("CallerName", "BOB").with("ForwardedFrom", "+1555");
        var ringing = ringing(SETTINGS, named);
        assertThat(party(ringing).name()).isEqualTo("BOB");
        assertThat(ringing.extensions().get("voice-twilio.caller"))
                .isEqualTo(
                        Json.of(
                                "{\"FromCountry\":\"US\",\"CallerName\":\"BOB\","
                                        + "\"ForwardedFrom\":\"+1555\"}"));
    }

    private static Party party(Inbound inbound) {
        return Objects.requireNonNull(inbound.party());
    }

    private static boolean isProven(Inbound inbound) {
        return party(inbound).identities().getFirst().evidence() instanceof Evidence.ByChannel;
    }

    private static Inbound ringing(TestSettings settings, Fields fields) throws Exception {
        try (var host = new FakeHost();
                var account = host.open(new VoiceChannel(), settings)) {
            assertThat(account.webhook(Sample.post("", fields)).problem()).isEmpty();
            return host.stored().getFirst().inbound();
        }
    }
}
