package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.Capabilities.Rate;
import io.tributary.spi.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ThrottleTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Throttle throttle =
            new Throttle(new Backoff(SECOND, Duration.ofMinutes(5), new Random(1)), BEGIN);

    private static Lane.Manner manner(String line, String address, Rate... rates) {
        return costing(1, line, address, rates);
    }

    private static Lane.Manner costing(int cost, String line, String address, Rate... rates) {
        return new Lane.Manner(new Ends(line, address), List.of(rates), cost);
    }

    private Throttle.Permit permit(Lane.Manner manner, Instant now) {
        return Objects.requireNonNull(throttle.ask(manner, now).permit());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000, 2_500})
    void noStretchSeesMoreThanTheRate(int permits) {
        var rate = Rate.of(Scope.LINE, permits, Duration.ofSeconds(10));
        var random = new Random(permits);
        var granted = new ArrayList<Instant>();
        var now = BEGIN;
        for (int i = 0; i < 20_000; i++) {
            var permit = throttle.ask(manner("desk", "1", rate), now).permit();
            if (permit != null) {
                throttle.begins(permit, now);
                granted.add(now);
            }
            now = now.plusMillis(random.nextInt(20));
        }

        assertThat(granted).hasSizeGreaterThan(15);
        assertThat(granted.getFirst()).isAfterOrEqualTo(BEGIN.plusSeconds(3));
        for (int i = permits; i < granted.size(); i++) {
            assertThat(Duration.between(granted.get(i - permits), granted.get(i)))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(10));
        }
    }

    @Test
    void eachLineHasARateOfItsOwn() {
        var rate = Rate.of(Scope.LINE, 1, Duration.ofHours(1));

        assertThat(throttle.ask(manner("desk", "1", rate), BEGIN).permit()).isNotNull();
        assertThat(throttle.ask(manner("desk", "2", rate), BEGIN).permit()).isNull();
        assertThat(throttle.ask(manner("shop", "2", rate), BEGIN).permit()).isNotNull();
    }

    @Test
    void aRefusalSaysWhenToComeAgain() {
        var rate = Rate.of(Scope.ACCOUNT, 1, SECOND);

        var answer = throttle.ask(manner("desk", "1", rate), BEGIN);

        assertThat(answer.permit()).isNull();
        assertThat(answer.until()).isEqualTo(BEGIN.plus(SECOND));
        assertThat(throttle.ask(manner("desk", "1", rate), answer.until()).permit()).isNotNull();
    }

    @Test
    void aDelayConcernsItsScopeAlone() {
        var permit = permit(manner("desk", "1"), BEGIN);
        var until = throttle.delay(permit, Scope.ADDRESS, new Ends("desk", "1"), 1, SECOND, BEGIN);

        assertThat(until).isAfterOrEqualTo(BEGIN.plus(SECOND));
        assertThat(throttle.ask(manner("desk", "1"), BEGIN).permit()).isNull();
        assertThat(throttle.ask(manner("desk", "2"), BEGIN).permit()).isNotNull();
    }

    @Test
    void aDelayEndsWithOneProbe() {
        var ends = new Ends("desk", "1");
        var until =
                throttle.delay(
                        permit(manner("desk", "1"), BEGIN), Scope.ACCOUNT, ends, 1, SECOND, BEGIN);

        var probe = permit(manner("desk", "1"), until);
        assertThat(throttle.ask(manner("desk", "2"), until).permit()).isNull();
        var again = throttle.delay(probe, Scope.ACCOUNT, ends, 2, SECOND, until);
        assertThat(throttle.ask(manner("desk", "2"), again.minusMillis(1)).permit()).isNull();

        throttle.passed(permit(manner("desk", "2"), again));
        assertThat(throttle.ask(manner("desk", "3"), again).permit()).isNotNull();
        assertThat(throttle.ask(manner("desk", "4"), again).permit()).isNotNull();
    }

    @Test
    void theFirstTryAfterAStopKeepsTheDelayThatItIsGiven() {
        throttle.probeAccount();
        var probe = permit(manner("desk", "1"), BEGIN);

        var until = throttle.delay(probe, Scope.ACCOUNT, new Ends("desk", "1"), 1, SECOND, BEGIN);

        assertThat(until).isAfterOrEqualTo(BEGIN.plus(SECOND));
        assertThat(throttle.chance(manner("shop", "2"), BEGIN)).isEqualTo(until);
        assertThat(throttle.ask(manner("desk", "2"), until.minusMillis(1)).permit()).isNull();
        assertThat(throttle.ask(manner("desk", "2"), until).permit()).isNotNull();
        assertThat(throttle.ask(manner("desk", "3"), until).permit()).isNull();
    }

    @Test
    void aProbeThatTaughtNothingMakesRoomForAnother() {
        var ends = new Ends("desk", "1");
        var until =
                throttle.delay(
                        permit(manner("desk", "1"), BEGIN), Scope.LINE, ends, 1, SECOND, BEGIN);
        var probe = permit(manner("desk", "1"), until);

        throttle.unused(probe);

        assertThat(throttle.ask(manner("desk", "2"), until).permit()).isNotNull();
        assertThat(throttle.ask(manner("desk", "3"), until).permit()).isNull();
    }

    @Test
    void failuresInARowWaitLongerButNotForever() {
        var backoff = new Backoff(SECOND, Duration.ofMinutes(5), new Random(2));

        var longest = Duration.ZERO;
        for (int failures = 1; failures < 2_000; failures++) {
            var wait = backoff.after(failures, Duration.ZERO);
            assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(5));
            if (failures <= 4) {
                assertThat(wait).isLessThanOrEqualTo(SECOND.multipliedBy(1L << (failures - 1)));
            }
            longest = wait.compareTo(longest) > 0 ? wait : longest;
        }
        assertThat(longest).isGreaterThan(Duration.ofMinutes(4));
    }

    @Test
    void whatTheProviderAsksForIsObeyedWithinASecond() {
        var backoff = new Backoff(SECOND, Duration.ofMinutes(5), new Random(3));

        for (int i = 1; i < 200; i++) {
            assertThat(backoff.after(i, Duration.ofMinutes(10)))
                    .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(10).plus(SECOND));
        }
    }

    @Test
    @DisplayName(
            "a permit counts from when the call begins, however long the commit before it takes")
    void countsFromTheCall() {
        var rate = Rate.of(Scope.ACCOUNT, 1, SECOND);
        var slow = permit(manner("desk", "1", rate), BEGIN.plus(SECOND));

        var late = BEGIN.plusSeconds(5);
        assertThat(throttle.ask(manner("desk", "2", rate), late).permit()).isNull();
        throttle.begins(slow, late);

        assertThat(throttle.chance(manner("desk", "2", rate), late)).isEqualTo(late.plus(SECOND));
    }

    @Test
    @DisplayName("what did not begin has cost nothing")
    void unusedCostsNothing() {
        var rate = Rate.of(Scope.ACCOUNT, 1, SECOND);
        var now = BEGIN.plus(SECOND);

        throttle.unused(permit(manner("desk", "1", rate), now));

        assertThat(throttle.ask(manner("desk", "2", rate), now).permit()).isNotNull();
    }

    @Test
    @DisplayName("a message costs as many permits as it has segments")
    void segmentsCost() {
        var rate = Rate.of(Scope.LINE, 5, SECOND);
        var now = BEGIN.plus(SECOND);
        throttle.begins(permit(costing(3, "desk", "1", rate), now), now);

        assertThat(throttle.ask(costing(3, "desk", "2", rate), now).permit()).isNull();
        throttle.begins(permit(costing(2, "desk", "2", rate), now), now);
        assertThat(throttle.chance(manner("desk", "3", rate), now)).isEqualTo(now.plus(SECOND));
    }

    @Test
    @DisplayName(
            "a message with more segments than a second has permits is paid for by those after it")
    void largerThanTheRate() {
        var rate = Rate.of(Scope.LINE, 2, SECOND);
        var now = BEGIN.plus(SECOND);
        throttle.begins(permit(costing(5, "desk", "1", rate), now), now);

        assertThat(throttle.chance(manner("desk", "2", rate), now)).isEqualTo(now.plusSeconds(2));
        assertThat(throttle.chance(costing(2, "desk", "2", rate), now))
                .isEqualTo(now.plusSeconds(3));
    }
}
