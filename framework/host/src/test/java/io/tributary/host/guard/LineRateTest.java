package io.tributary.host.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The log lines of a plugin")
final class LineRateTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LineRate rate = new LineRate(0);

    @Test
    @DisplayName("are a thousand at once, and a hundred a second then")
    void admitted() {
        assertThat(admitted(3_000, 0)).isEqualTo(1_000);
        assertThat(admitted(3_000, SECOND)).isEqualTo(100);
        assertThat(rate.toTell(SECOND)).isEqualTo(4_900);
        assertThat(rate.toTell(2 * SECOND)).isZero();
    }

    @Test
    @DisplayName("are a flood while thousands a second are dropped, and none a second later")
    void flood() {
        admitted(1_000 + LineRate.FLOOD - 1, 0);
        assertThat(rate.isFlood()).isFalse();
        admitted(1, 0);
        assertThat(rate.isFlood()).isTrue();

        // told too soon
        assertThat(rate.toTell(SECOND - 1)).isZero();
        assertThat(rate.floods()).isZero();

        rate.toTell(SECOND);
        assertThat(rate.isFlood()).isFalse();
        assertThat(rate.floods()).isEqualTo(1);
        admitted(200 + LineRate.FLOOD, 2 * SECOND);
        rate.toTell(2 * SECOND);
        assertThat(rate.floods()).isEqualTo(2);
        admitted(100, 3 * SECOND);
        rate.toTell(3 * SECOND);
        assertThat(rate.floods()).isZero();
    }

    private long admitted(int lines, long now) {
        return IntStream.range(0, lines).filter(_ -> rate.admits(now)).count();
    }
}
