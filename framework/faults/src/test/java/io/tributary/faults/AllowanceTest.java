package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.faults.Violation.Kind;
import io.tributary.twilio.simulator.Fault;
import io.tributary.twilio.simulator.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Limits that were exceeded on purpose are found, and no others.
final class AllowanceTest {

    private static final long MILLI = 1_000_000;

    private final Allowance allowance = new Allowance(10, 3);

    private List<Kind> found(int count, LongUnaryOperator began, long lasting, Long... kills) {
        return allowance
                .check(
                        LongStream.range(0, count)
                                .map(began)
                                .mapToObj(at ->
                                        new Submission(at * MILLI, (at + lasting) * MILLI, null))
                                .toList(),
                        Stream.of(kills).map(at -> at * MILLI).toList())
                .stream()
                .map(Violation::kind)
                .distinct()
                .toList();
    }

    @Test
    @DisplayName("evenly or in bursts of a second, what is allowed is not found")
    void within() {
        assertThat(found(300, each -> each * 100, 299)).isEmpty();
        assertThat(found(300, each -> each / 10 * 1_000, 0)).isEmpty();
    }

    @Test
    @DisplayName("one more within a second than may have been late is found")
    void oneMore() {
        assertThat(found(13, each -> each, 0)).isEmpty();
        assertThat(found(14, each -> each, 0)).containsExactly(Kind.EXCEEDED);
    }

    @Test
    @DisplayName("what a killed sender had on the way may come as well, once for each kill nearby")
    void afterKill() {
        assertThat(found(16, each -> each, 0, 5L)).isEmpty();
        assertThat(found(17, each -> each, 0, 5L)).containsExactly(Kind.EXCEEDED);
        assertThat(found(14, each -> each, 0, -10_001L, 1_001L)).containsExactly(Kind.EXCEEDED);
    }

    @Test
    @DisplayName("a rate that is too high by a tenth is found in the long run")
    void tooFast() {
        assertThat(found(300, each -> each * 90, 0)).containsExactly(Kind.EXCEEDED);
    }

    @Test
    @DisplayName(
            "one more beside the others is found; who ends when another begins is not beside it")
    void besides() {
        assertThat(found(10, each -> each * 1_000, 3_000)).isEmpty();
        assertThat(found(10, each -> each * 1_000, 3_001)).containsExactly(Kind.EXCEEDED);
    }

    @Test
    @DisplayName(
            "one that is answered too late counts until the sender gives up or is killed, answered or not")
    void slow() {
        var slow = new Fault.Slow(Duration.ofSeconds(40));
        var three = new ArrayList<Submission>(Collections.nCopies(3, seen(0, 0, slow)));
        three.add(seen(29_999, 30_000, null));
        assertThat(allowance.check(three, List.of()))
                .extracting(Violation::kind)
                .containsExactly(Kind.EXCEEDED);
        assertThat(allowance.check(three, List.of(10_000 * MILLI))).isEmpty();

        var later = new ArrayList<Submission>(Collections.nCopies(3, seen(0, 40_000, slow)));
        later.add(seen(30_000, 30_001, null));
        assertThat(allowance.check(later, List.of())).isEmpty();
    }

    private static Submission seen(long began, long ended, @Nullable Fault fault) {
        return new Submission(began * MILLI, ended * MILLI, fault);
    }
}
