package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.smpp.simulator.Smsc;
import io.tributary.smpp.simulator.Taken;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("who submits to an SMSC that takes everything")
@Timeout(60)
final class SubmittingTest {

    private static final int WINDOW = 20;
    private static final int MESSAGES = 5 * WINDOW;
    private static final Duration SLOWLY = Duration.ofMillis(100);

    private Smsc smsc;

    @BeforeEach
    void start() throws Exception {
        smsc = Smsc.start(0);
        smsc.behaviour().answerAfter(SLOWLY);
    }

    @AfterEach
    void close() throws Exception {
        smsc.close();
    }

    private void assertTaken() {
        List<Taken> taken = smsc.taken();
        assertThat(taken).hasSize(MESSAGES);
        assertThat(taken).extracting(Taken::from).containsOnly(Webhooks.NUMBER);
        assertThat(taken.stream().map(Taken::text))
                .contains(Webhooks.text(0), Webhooks.text(MESSAGES - 1))
                .doesNotHaveDuplicates();
        assertThat(smsc.mostUnanswered()).isBetween(2, WINDOW);
    }

    @Test
    @DisplayName("the bare client uses its window and goes no further")
    void bare() throws Exception {
        try (BareEsme esme = BareEsme.bind(smsc.uri(), WINDOW)) {
            esme.submit(number -> number < MESSAGES);
        }
        assertTaken();
    }

    @Test
    @DisplayName("so does the channel's bind, with the same messages")
    void channel() throws Exception {
        try (ChannelBind bind = ChannelBind.open(smsc.uri(), WINDOW)) {
            bind.submit(number -> number < MESSAGES);
        }
        assertTaken();
    }

    @Test
    @DisplayName("a message that is refused is told, since its figure would be none")
    void refused() throws Exception {
        smsc.behaviour().refuseNext(0x0B);
        try (ChannelBind bind = ChannelBind.open(smsc.uri(), WINDOW)) {
            assertThatThrownBy(() -> bind.submit(number -> number < MESSAGES))
                    .isInstanceOf(IOException.class);
        }
        smsc.behaviour().refuseBinds(0x0D);
        assertThatThrownBy(() -> BareEsme.bind(smsc.uri(), WINDOW)).hasMessageContaining("0xd");
    }
}
