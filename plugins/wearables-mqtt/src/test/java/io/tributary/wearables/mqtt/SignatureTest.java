package io.tributary.wearables.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Bytes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the signature of posts")
class SignatureTest {

    private static final Bytes BODY = Bytes.utf8(Sample.HEART_RATE);

    private final Signature signature = new Signature(Sample.SECRET);

    @Test
    @DisplayName("is that of Standard Webhooks, by the example of its libraries")
    void example() {
        assertThat(
                        signature.of(
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                "1614265330",
                                Bytes.utf8("{\"test\": 2432232314}")))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    @DisplayName("may stand beside that of another key")
    void among() {
        var request = Sample.signed(BODY);
        var own = request.need(Signature.SIGNATURE);

        assertThat(signature.isOf(request.header(Signature.SIGNATURE, "v1,b3RoZXI= " + own)))
                .isTrue();
        assertThat(signature.isOf(request.header(Signature.SIGNATURE, "v1,b3RoZXI="))).isFalse();
    }

    @Test
    @DisplayName("covers id and time, and grows old")
    void covers() {
        var request = Sample.signed(BODY);

        assertThat(signature.isOf(request)).isTrue();
        assertThat(signature.isOf(request.header(Signature.ID, "msg_2"))).isFalse();
        assertThat(signature.isOf(request.withoutHeader(Signature.ID))).isFalse();
        var later = Long.toString(Sample.NOW.getEpochSecond() + 301);
        var future =
                request.header(Signature.TIMESTAMP, later)
                        .header(Signature.SIGNATURE, signature.of("msg_1", later, BODY));
        assertThat(signature.isOf(future)).isFalse();
        assertThat(signature.isOf(request.header(Signature.TIMESTAMP, "soon"))).isFalse();
    }

    @Test
    @DisplayName("needs a key")
    void key() {
        assertThatThrownBy(() -> new Signature("MfKQ9r8G"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Signature("whsec_"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
