package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SpreadTest {

    @Test
    @DisplayName("the median is the middle one, or between the two in the middle")
    void median() {
        assertThat(Spread.of(9, 1, 5)).isEqualTo(new Spread(5, 1, 9));
        assertThat(Spread.of(9, 1, 5, 4)).isEqualTo(new Spread(4.5, 1, 9));
    }

    @Test
    @DisplayName("a single figure has no range")
    void text() {
        assertThat(Spread.of(1234.4, 999, 2000).text("%,.0f")).isEqualTo("1,234 (999 to 2,000)");
        assertThat(Spread.of(0.25).text("%.3f")).isEqualTo("0.250");
    }
}
