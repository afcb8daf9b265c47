package io.tributary.host.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a signature")
final class SignatureTest {

    @Test
    @DisplayName("is that of the vector that Standard Webhooks' libraries are tested with")
    void published() {
        assertThat(
                        Signature.of(
                                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                Instant.ofEpochSecond(1_614_265_330),
                                Bytes.utf8("{\"test\": 2432232314}")))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
