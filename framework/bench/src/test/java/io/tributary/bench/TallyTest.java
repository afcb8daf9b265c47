package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a tally")
final class TallyTest {

    @Test
    @DisplayName("is read as it was told, and counts the time between the first and the last")
    void told() {
        var tally = new Tally(1_001, 2_000_000_000L);

        assertThat(Tally.parse(tally.toString())).isEqualTo(tally);
        assertThat(tally.perSecond()).isEqualTo(500);
        assertThat(new Tally(1, 0).perSecond()).isZero();
    }

    @Test
    @DisplayName("begins anew where it is told to")
    void anew() {
        var counter = new Tally.Counter();
        counter.next();
        assertThat(counter.next()).isEqualTo(2);

        counter.begin();
        assertThat(counter.next()).isEqualTo(1);
        assertThat(counter.now()).isEqualTo(new Tally(1, 0));
    }
}
