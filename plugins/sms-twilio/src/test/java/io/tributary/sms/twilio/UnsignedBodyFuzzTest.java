package io.tributary.sms.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Bytes;
import io.tributary.spi.Malformed;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;

/// The door's first look at what anybody may post: as tests these run over the kept inputs, with
/// the profile `fuzz` they look for others.
class UnsignedBodyFuzzTest {

    private final WebhookReader reader = Signed.reader(null);

    @FuzzTest(maxDuration = "10s")
    void noBodyPassesWithoutItsSignature(byte[] body) {
        var request = Signed.post(Signed.TEXT).body(Bytes.wrap(body));

        assertThat(passes(request)).isEqualTo(saysTheSame(request));
    }

    private boolean passes(WebhookRequest request) {
        try {
            return reader.verify(request) instanceof WebhookVerdict.Accepted;
        } catch (Malformed broken) {
            return false;
        }
    }

    /// Another spelling of the same fields bears the same signature.
    private static boolean saysTheSame(WebhookRequest request) {
        try {
            var url = Signed.DOOR.toString();
            return Signed.signature(Signed.TOKEN, url, request.form())
                    .equals(Signed.signature(Signed.TOKEN, url, Signed.TEXT));
        } catch (Malformed broken) {
            return false;
        }
    }
}
