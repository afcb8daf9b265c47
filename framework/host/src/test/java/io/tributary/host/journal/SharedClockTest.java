package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the time that members share")
final class SharedClockTest {

    private static final Duration MINUTES = Duration.ofMinutes(10);

    private final MovableClock own = new MovableClock();
    private final SharedClock shared = new SharedClock(own);

    @Test
    @DisplayName("is a member's own until it was compared, then the database's")
    void compared() {
        assertThat(shared.instant()).isEqualTo(MovableClock.START);

        shared.compared(Duration.ofMillis(20), MINUTES.plusMillis(10));

        assertThat(shared.instant()).isEqualTo(MovableClock.START.plus(MINUTES));
        assertThat(shared.skew()).isEqualTo(MINUTES.negated());
        own.move(Duration.ofSeconds(3));
        assertThat(shared.instant()).isEqualTo(MovableClock.START.plus(MINUTES).plusSeconds(3));
    }

    @Test
    @DisplayName("does not tremble with what a round trip cannot tell")
    void firm() {
        shared.compared(Duration.ofMillis(20), MINUTES.plusMillis(10));

        shared.compared(Duration.ofMillis(20), MINUTES.plusMillis(17));
        assertThat(shared.instant()).isEqualTo(MovableClock.START.plus(MINUTES));

        shared.compared(Duration.ofMillis(20), MINUTES.plusMillis(110));
        assertThat(shared.instant()).isEqualTo(MovableClock.START.plus(MINUTES).plusMillis(100));
    }

    @Test
    @DisplayName("is not taken from an answer that was long on its way, unless there is no other")
    void slow() {
        shared.compared(Duration.ofSeconds(4), MINUTES);
        assertThat(shared.skew()).isEqualTo(Duration.ofSeconds(2).minus(MINUTES));

        shared.compared(Duration.ofSeconds(4), Duration.ZERO);
        assertThat(shared.skew()).isEqualTo(Duration.ofSeconds(2).minus(MINUTES));
    }

    @Test
    @DisplayName("is said to differ from two seconds on, and in which direction")
    void text() {
        assertThat(SharedClock.isStrange(Duration.ofMillis(2_001))).isTrue();
        assertThat(SharedClock.isStrange(Duration.ofMillis(-2_001))).isTrue();
        assertThat(SharedClock.isStrange(Duration.ofMillis(1_999))).isFalse();
        assertThat(SharedClock.text(MINUTES)).contains("600 s ahead of the database's");
        assertThat(SharedClock.text(MINUTES.negated())).contains("600 s behind the database's");
    }
}
