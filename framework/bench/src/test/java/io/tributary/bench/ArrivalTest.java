package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ArrivalTest {

    @Test
    @DisplayName("the 95th of a hundred parts is one that was measured: of twenty the nineteenth")
    void percentile() {
        List<Integer> twenty = IntStream.rangeClosed(1, 20).boxed().toList().reversed();

        assertThat(Arrival.percentile(twenty, 0.95, each -> each)).isEqualTo(19);
        assertThat(Arrival.percentile(List.of(7), 0.95, each -> each)).isEqualTo(7);
    }
}
