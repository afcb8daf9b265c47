package io.tributary.sms.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Bytes;
import io.tributary.spi.Fields;
import io.tributary.spi.Malformed;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;

/// What a genuine webhook may look like that nobody has thought of.
class SignedBodyFuzzTest {

    private final WebhookReader reader = Signed.reader(null);

    @FuzzTest(maxDuration = "10s")
    void everySignedBodyIsReadOrMalformed(byte[] body) {
        var unsigned = Signed.post(Signed.TEXT).body(Bytes.wrap(body));
        Fields form;
        try {
            form = unsigned.form();
        } catch (Malformed broken) {
            assertThat(passes(unsigned)).isFalse();
            return;
        }
        var signature = Signed.signature(Signed.TOKEN, Signed.DOOR.toString(), form);
        try {
            var verdict = reader.verify(unsigned.header("x-twilio-signature", signature));
            if (verdict instanceof WebhookVerdict.Accepted accepted) {
                assertThat(accepted.delivery().events())
                        .singleElement()
                        .satisfies(event -> assertThat(event.body()).isEqualTo(unsigned.body()));
            }
        } catch (Malformed broken) {
            assertThat(broken).hasMessageNotContaining(Signed.TOKEN);
        }
    }

    private boolean passes(WebhookRequest request) {
        try {
            return reader.verify(request) instanceof WebhookVerdict.Accepted;
        } catch (Malformed broken) {
            return false;
        }
    }
}
