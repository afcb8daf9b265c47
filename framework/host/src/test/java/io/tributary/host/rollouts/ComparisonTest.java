package io.tributary.host.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.calls.Calls;
import io.tributary.host.rollouts.Tally.Line;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a version that is held against the one before it")
final class ComparisonTest {

    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000 * MICRO;
    private static final Tally BEFORE = calls(10_000, 50 * MICRO, 0);
    private static final Tally USUAL = calls(100, 50 * MICRO, 0);

    private final Comparison comparison = new Comparison(BEFORE);

    private static Tally calls(long count, long nanos, long failures) {
        return new Tally(Map.of(Calls.Kind.SPLIT, new Line(count, count * nanos, failures)));
    }

    private Optional<String> objection(List<Tally> looks) {
        return comparison.objection(Tally.sum(looks), looks);
    }

    private static List<Tally> looks(int slow, Tally slowly, int usual) {
        var looks = new ArrayList<>(Collections.nCopies(slow, slowly));
        looks.addAll(Collections.nCopies(usual, USUAL));
        return looks;
    }

    @Test
    @DisplayName("is too slow when most looks find it ten times as slow")
    void slow() {
        var slowly = calls(5, 3 * MILLI, 0);

        assertThat(objection(looks(4, slowly, 0)))
                .contains("calls of split take 3.0 ms (of the version before: 0.1 ms)");
        assertThat(objection(looks(6, calls(100, 30 * MILLI, 0), 4))).isPresent();
    }

    @Test
    @DisplayName("is not too slow for one pause, though that weighs more than all other calls")
    void pause() {
        assertThat(objection(looks(1, calls(20, 500 * MILLI, 0), 9))).isEmpty();
        assertThat(objection(looks(5, calls(20, 500 * MILLI, 0), 5))).isEmpty();
    }

    @Test
    @DisplayName("has its first moments, before Java has compiled it")
    void cold() {
        assertThat(objection(looks(3, calls(100, 8 * MILLI, 0), 0))).isEmpty();
        assertThat(objection(looks(4, calls(100, 8 * MILLI, 0), 0))).isPresent();
    }

    @Test
    @DisplayName("is looked at where there is something to see")
    void sparse() {
        var looks = looks(4, calls(5, 3 * MILLI, 0), 0);
        looks.addAll(Collections.nCopies(6, calls(0, 0, 0)));

        assertThat(objection(looks)).isPresent();
        assertThat(objection(looks(4, calls(4, 3 * MILLI, 0), 0)))
                .as("fewer than twenty calls")
                .isEmpty();
        assertThat(objection(looks(4, calls(100, 1_900 * MICRO, 0), 0)))
                .as("too little to be noticed")
                .isEmpty();
    }

    @Test
    @DisplayName("fails too often when one call in twenty does, at once")
    void failing() {
        assertThat(objection(List.of(calls(20, 50 * MICRO, 1))))
                .contains("1 of 20 calls of split failed (of the version before: 0.0 %)");
        assertThat(objection(List.of(calls(21, 50 * MICRO, 1)))).isEmpty();
        assertThat(new Comparison(calls(100, 50 * MICRO, 3)).objection(calls(20, 1, 1), List.of()))
                .as("not clearly more than before")
                .isEmpty();
    }
}
