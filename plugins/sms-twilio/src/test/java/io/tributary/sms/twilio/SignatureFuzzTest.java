package io.tributary.sms.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.spi.Malformed;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.nio.charset.StandardCharsets;

/// What anybody may write where the signature stands.
class SignatureFuzzTest {

    private final WebhookReader reader = Signed.reader(null);

    @FuzzTest(maxDuration = "10s")
    void noSignaturePassesButTheRightOne(byte[] signature) {
        var text = new String(signature, StandardCharsets.UTF_8);
        var request = Signed.post(Signed.TEXT);
        var right = request.need("x-twilio-signature");

        assertThat(passes(request.header("x-twilio-signature", text)))
                .isEqualTo(text.equals(right));
    }

    private boolean passes(WebhookRequest request) {
        try {
            return reader.verify(request) instanceof WebhookVerdict.Accepted;
        } catch (Malformed broken) {
            return false;
        }
    }
}
