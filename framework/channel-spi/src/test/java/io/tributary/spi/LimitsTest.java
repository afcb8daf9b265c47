package io.tributary.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("values refuse what the host could not keep")
class LimitsTest {

    private static final Dedupe KEY = Dedupe.key("k");

    @Test
    @DisplayName("an event of more than 1 MB")
    void largeEvent() {
        assertThatCode(() -> event(RawEvent.MOST_BYTES)).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> event(RawEvent.MOST_BYTES + 1))
                .withMessage("an event of 1048577 bytes, at most 1048576");
    }

    @Test
    @DisplayName("a delivery of more than 1,000 events or 8 MB")
    void largeDelivery() {
        assertThatCode(() -> Delivery.of(Collections.nCopies(1_000, event(1))))
                .doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Delivery.of(Collections.nCopies(1_001, event(1))))
                .withMessage("a delivery of 1001 events, at most 1000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Delivery.of(Collections.nCopies(9, event(1024 * 1024))))
                .withMessage("a delivery of 9437184 bytes, at most 8388608");
    }

    @Test
    @DisplayName("a state value of more than 64 kB")
    void largeState() {
        var most = Bytes.wrap(new byte[64 * 1024]);
        var more = Bytes.wrap(new byte[64 * 1024 + 1]);

        assertThatCode(() -> State.Change.set("k", most)).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> State.Change.set("k", more))
                .withMessage("the value of state key 'k' has 65537 bytes, at most 65536");
    }

    @Test
    @DisplayName("empty or endless names")
    void names() {
        var endless = "x".repeat(513);

        assertThatIllegalArgumentException().isThrownBy(() -> Dedupe.key(""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dedupe.key(endless))
                .withMessage("a dedupe key has 513 characters, at most 512");
        assertThatIllegalArgumentException().isThrownBy(() -> Party.of(endless));
        assertThatIllegalArgumentException().isThrownBy(() -> Sent.whole(""));
        assertThatIllegalArgumentException().isThrownBy(() -> Line.of(endless, "x"));
    }

    @Test
    @DisplayName("a piece that there cannot be")
    void pieces() {
        var patience = Duration.ofMinutes(1);

        assertThat(Piece.counted("g", 2, 3, patience).of()).isEqualTo(3);
        assertThat(Piece.open("g", patience).of()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Piece.counted("g", 4, 3, patience))
                .withMessage("there is no piece 4 of 3");
        assertThatIllegalArgumentException().isThrownBy(() -> Piece.counted("g", 0, 3, patience));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Piece.counted("g", 0, 0, Duration.ZERO));
    }

    @Test
    @DisplayName("an inbound with nobody's line or nothing in it")
    void inbounds() {
        assertThat(Inbound.notice(Content.note("quota is low")).line()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Inbound.of("", Party.of("a"), Content.text("x")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Inbound.of("line", Party.of("a"), List.of()));
    }

    @Test
    @DisplayName("a verdict that says both yes and no")
    void verdicts() {
        assertThat(WebhookVerdict.refused("why").status()).isEqualTo(401);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookVerdict.refused(200, "why"))
                .withMessage("status must be 400 to 499, is 200");
    }

    @Test
    @DisplayName("a call to nowhere")
    void calls() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Http.Call.get(URI.create("/relative")))
                .withMessage("a call needs an absolute uri with a host");
    }

    private static RawEvent event(int bytes) {
        return RawEvent.of("kind", Bytes.wrap(new byte[bytes]), KEY);
    }
}
