package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.accounts.Wire;
import io.tributary.host.journal.Outbox.Priority;
import io.tributary.spi.Capabilities.Rate;
import io.tributary.spi.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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
            new Throttle(new Backoff(SECOND, Duration.ofMinutes(5), new Random(1)), BEGIN, true);

    private static Lane.Manner manner(String line, String address, Rate... rates) {
        return costing(1, line, address, rates);
    }

    private static Lane.Manner costing(int cost, String line, String address, Rate... rates) {
        return new Lane.Manner(new Ends(line, address), List.of(rates), cost, Wire.Share.ALL);
    }

    private Throttle.Permit permit(Lane.Manner manner, Instant now) {
        return Objects.requireNonNull(ask(manner, now).permit());
    }

    private Throttle.Answer ask(Lane.Manner manner, Instant now) {
        return ask(throttle, manner, now);
    }

    private static Throttle.Answer ask(Throttle throttle, Lane.Manner manner, Instant now) {
        return throttle.ask(manner, throttle.comes(Priority.NORMAL), now);
    }

    private Throttle.Answer askForBulk(Lane.Manner manner, Instant now) {
        return throttle.ask(manner, throttle.comes(Priority.BULK), now);
    }

    @Test
    @DisplayName("bulk leaves a permit to each send that is on its way to ask")
    void bulkLeavesPermits() {
        var rate = Rate.of(Scope.LINE, 2, SECOND);
        var later = BEGIN.plus(SECOND);
        var first = throttle.comes(Priority.NORMAL);
        var second = throttle.comes(Priority.NORMAL);

        assertThat(askForBulk(manner("desk", "1", rate), later).permit()).isNull();
        throttle.came(second);
        assertThat(askForBulk(manner("desk", "1", rate), later).permit()).isNotNull();
        var refused = askForBulk(manner("desk", "2", rate), later);
        assertThat(refused.permit()).isNull();
        assertThat(refused.until()).isAfter(later);
        assertThat(throttle.ask(manner("desk", "3", rate), first, later).permit()).isNotNull();
        // nobody is on the way, and nothing is left
        throttle.came(first);
        assertThat(askForBulk(manner("desk", "2", rate), later).permit()).isNull();
    }

    @Test
    @DisplayName("what bulk has reserved is not kept from those who are waited for")
    void bulkReservesNothingFromThem() {
        var rate = Rate.of(Scope.LINE, 3, SECOND);
        var now = BEGIN.plus(SECOND);
        var first = permit(manner("desk", "1", rate), now);
        throttle.begins(first, now);
        assertThat(askForBulk(costing(3, "desk", "2", rate), now).permit()).isNull();

        assertThat(askForBulk(manner("desk", "3", rate), now).permit()).isNull();
        assertThat(ask(manner("desk", "4", rate), now).permit()).isNotNull();
    }

    @Test
    @DisplayName("other bulk has no chance before the time for which bulk has reserved permits")
    void bulkWaitsForBulk() {
        var rate = Rate.of(Scope.LINE, 2, SECOND);
        var now = BEGIN.plus(SECOND);
        throttle.begins(permit(manner("desk", "1", rate), now), now);
        assertThat(askForBulk(costing(2, "desk", "long", rate), now).permit()).isNull();

        var other = manner("desk", "2", rate);
        assertThat(throttle.chance(other, Priority.BULK, now)).isAfter(now);
        assertThat(throttle.chance(other, Priority.NORMAL, now)).isBeforeOrEqualTo(now);
    }

    @Test
    @DisplayName("bulk does not take the permit that one who was refused waits for")
    void refusedAnswer() {
        var rate = Rate.of(Scope.LINE, 1, SECOND);
        var now = BEGIN.plus(SECOND);
        throttle.begins(permit(manner("desk", "1", rate), now), now);
        var answer = manner("desk", "2", rate);
        assertThat(ask(answer, now).permit()).isNull();

        var later = now.plus(SECOND);
        assertThat(askForBulk(manner("desk", "3", rate), later).permit()).isNull();
        assertThat(ask(answer, later).permit()).isNotNull();
    }

    @Test
    @DisplayName("one that is refused leaves bulk what that has reserved from other bulk")
    void keptFromOtherBulk() {
        var rate = Rate.of(Scope.LINE, 2, SECOND);
        var now = BEGIN.plus(SECOND);
        throttle.begins(permit(manner("desk", "1", rate), now), now);
        assertThat(askForBulk(costing(2, "desk", "long", rate), now).permit()).isNull();
        throttle.begins(permit(manner("desk", "2", rate), now), now);
        assertThat(ask(manner("desk", "3", rate), now).permit()).isNull();
        throttle.begins(permit(manner("desk", "3", rate), now.plus(SECOND)), now.plus(SECOND));

        var later = now.plus(SECOND);
        assertThat(askForBulk(manner("desk", "4", rate), later).permit()).isNull();
    }

    @Test
    @DisplayName("the probe of what was delayed is left to those who are waited for")
    void probe() {
        var ends = new Ends("desk", "1");
        var permit = permit(manner("desk", "1"), BEGIN);
        var until = throttle.delay(permit, Scope.ACCOUNT, ends, 1, SECOND, BEGIN);
        var one = throttle.comes(Priority.NORMAL);

        assertThat(askForBulk(manner("desk", "2"), until).permit()).isNull();
        assertThat(throttle.ask(manner("desk", "3"), one, until).permit()).isNotNull();
    }

    @Test
    @DisplayName("bulk to one address has nothing to leave to others")
    void bulkToAnAddress() {
        var rate = Rate.of(Scope.ADDRESS, 1, SECOND);
        var _ = throttle.comes(Priority.NORMAL);

        assertThat(askForBulk(manner("desk", "1", rate), BEGIN.plus(SECOND)).permit()).isNotNull();
    }

    @Test
    @DisplayName("bulk waits for nobody where no rate is declared")
    void bulkWithoutRate() {
        var _ = throttle.comes(Priority.NORMAL);

        assertThat(askForBulk(manner("desk", "1"), BEGIN).permit()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000, 2_500})
    void noStretchSeesMoreThanTheRate(int permits) {
        var rate = Rate.of(Scope.LINE, permits, Duration.ofSeconds(10));
        var random = new Random(permits);
        var granted = new ArrayList<Instant>();
        var now = BEGIN;
        for (int i = 0; i < 20_000; i++) {
            var permit = ask(manner("desk", "1", rate), now).permit();
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

        assertThat(ask(manner("desk", "1", rate), BEGIN).permit()).isNotNull();
        assertThat(ask(manner("desk", "2", rate), BEGIN).permit()).isNull();
        assertThat(ask(manner("shop", "2", rate), BEGIN).permit()).isNotNull();
    }

    @Test
    void aRefusalSaysWhenToComeAgain() {
        var rate = Rate.of(Scope.ACCOUNT, 1, SECOND);

        var answer = ask(manner("desk", "1", rate), BEGIN);

        assertThat(answer.permit()).isNull();
        assertThat(answer.until()).isEqualTo(BEGIN.plus(SECOND));
        assertThat(ask(manner("desk", "1", rate), answer.until()).permit()).isNotNull();
    }

    @Test
    void aDelayConcernsItsScopeAlone() {
        var permit = permit(manner("desk", "1"), BEGIN);
        var until = throttle.delay(permit, Scope.ADDRESS, new Ends("desk", "1"), 1, SECOND, BEGIN);

        assertThat(until).isAfterOrEqualTo(BEGIN.plus(SECOND));
        assertThat(ask(manner("desk", "1"), BEGIN).permit()).isNull();
        assertThat(ask(manner("desk", "2"), BEGIN).permit()).isNotNull();
    }

    @Test
    void aDelayEndsWithOneProbe() {
        var ends = new Ends("desk", "1");
        var until =
                throttle.delay(
                        permit(manner("desk", "1"), BEGIN), Scope.ACCOUNT, ends, 1, SECOND, BEGIN);

        var probe = permit(manner("desk", "1"), until);
        assertThat(ask(manner("desk", "2"), until).permit()).isNull();
        var again = throttle.delay(probe, Scope.ACCOUNT, ends, 2, SECOND, until);
        assertThat(ask(manner("desk", "2"), again.minusMillis(1)).permit()).isNull();

        throttle.passed(permit(manner("desk", "2"), again));
        assertThat(ask(manner("desk", "3"), again).permit()).isNotNull();
        assertThat(ask(manner("desk", "4"), again).permit()).isNotNull();
    }

    @Test
    void theFirstTryAfterAStopKeepsTheDelayThatItIsGiven() {
        throttle.probeAccount();
        var probe = permit(manner("desk", "1"), BEGIN);

        var until = throttle.delay(probe, Scope.ACCOUNT, new Ends("desk", "1"), 1, SECOND, BEGIN);

        assertThat(until).isAfterOrEqualTo(BEGIN.plus(SECOND));
        assertThat(throttle.chance(manner("shop", "2"), Priority.NORMAL, BEGIN)).isEqualTo(until);
        assertThat(ask(manner("desk", "2"), until.minusMillis(1)).permit()).isNull();
        assertThat(ask(manner("desk", "2"), until).permit()).isNotNull();
        assertThat(ask(manner("desk", "3"), until).permit()).isNull();
    }

    @Test
    void aProbeThatTaughtNothingMakesRoomForAnother() {
        var ends = new Ends("desk", "1");
        var until =
                throttle.delay(
                        permit(manner("desk", "1"), BEGIN), Scope.LINE, ends, 1, SECOND, BEGIN);
        var probe = permit(manner("desk", "1"), until);

        throttle.unused(probe);

        assertThat(ask(manner("desk", "2"), until).permit()).isNotNull();
        assertThat(ask(manner("desk", "3"), until).permit()).isNull();
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
        assertThat(ask(manner("desk", "2", rate), late).permit()).isNull();
        throttle.begins(slow, late);

        assertThat(throttle.chance(manner("desk", "2", rate), Priority.NORMAL, late))
                .isEqualTo(late.plus(SECOND));
    }

    @Test
    @DisplayName("what did not begin has cost nothing")
    void unusedCostsNothing() {
        var rate = Rate.of(Scope.ACCOUNT, 1, SECOND);
        var now = BEGIN.plus(SECOND);

        throttle.unused(permit(manner("desk", "1", rate), now));

        assertThat(ask(manner("desk", "2", rate), now).permit()).isNotNull();
    }

    @Test
    @DisplayName("a message costs as many permits as it has segments")
    void segmentsCost() {
        var rate = Rate.of(Scope.LINE, 5, SECOND);
        var now = BEGIN.plus(SECOND);
        throttle.begins(permit(costing(3, "desk", "1", rate), now), now);

        assertThat(ask(costing(3, "desk", "2", rate), now).permit()).isNull();
        throttle.begins(permit(costing(2, "desk", "2", rate), now), now);
        assertThat(throttle.chance(manner("desk", "3", rate), Priority.NORMAL, now))
                .isEqualTo(now.plus(SECOND));
    }

    @Test
    @DisplayName(
            "a message with more segments than a second has permits is paid for by those after it")
    void largerThanTheRate() {
        var rate = Rate.of(Scope.LINE, 2, SECOND);
        var now = BEGIN.plus(SECOND);
        throttle.begins(permit(costing(5, "desk", "1", rate), now), now);

        assertThat(throttle.chance(manner("desk", "2", rate), Priority.NORMAL, now))
                .isEqualTo(now.plusSeconds(2));
        assertThat(ask(costing(2, "desk", "2", rate), now).until()).isEqualTo(now.plusSeconds(3));
    }

    @Test
    @DisplayName(
            "a message of several segments gets its turn beside steady ones of one, and the rate is kept")
    void severalAmongMany() {
        var rate = Rate.of(Scope.LINE, 5, SECOND);
        var large = costing(4, "desk", "large", rate);
        var used = new ArrayList<Instant>();
        int gone = 0;
        for (int i = 0; i < 2_000; i++) {
            var now = BEGIN.plus(SECOND).plusMillis(10 * i);
            for (var manner : List.of(manner("desk", "small " + i, rate), large)) {
                var permit = ask(manner, now).permit();
                if (permit != null) {
                    throttle.begins(permit, now);
                    used.addAll(Collections.nCopies(manner.cost(), now));
                    gone += manner.cost() == 1 ? 0 : 1;
                }
            }
        }

        assertThat(gone).as("of those that need four").isBetween(8, 20);
        assertThat(used).as("nothing is left idle").hasSizeGreaterThanOrEqualTo(90);
        for (int i = 5; i < used.size(); i++) {
            assertThat(Duration.between(used.get(i - 5), used.get(i)))
                    .isGreaterThanOrEqualTo(SECOND);
        }
    }

    @Test
    @DisplayName("a message that needs a whole period gets its turn as well")
    void wholePeriodAmongMany() {
        var rate = Rate.of(Scope.LINE, 3, SECOND);
        var large = costing(3, "desk", "large", rate);
        boolean gone = false;
        for (int i = 0; i < 1_000 && !gone; i++) {
            var now = BEGIN.plus(SECOND).plusMillis(10 * i);
            var small = ask(manner("desk", "small " + i, rate), now).permit();
            if (small != null) {
                throttle.begins(small, now);
            }
            gone = ask(large, now).permit() != null;
        }

        assertThat(gone).isTrue();
    }

    @Test
    @DisplayName("who does not come for what was reserved does not keep others from it for long")
    void reservationLapses() {
        var rate = Rate.of(Scope.LINE, 3, SECOND);
        var now = BEGIN.plus(SECOND);
        throttle.begins(permit(manner("desk", "1", rate), now), now);
        assertThat(ask(costing(3, "desk", "gone", rate), now).permit()).isNull();

        assertThat(ask(manner("desk", "2", rate), now.plusSeconds(2)).permit()).isNull();
        assertThat(ask(manner("desk", "2", rate), now.plusSeconds(7)).permit()).isNotNull();
    }

    @Test
    @DisplayName("a rate that is declared twice counts once")
    void declaredTwice() {
        var rate = Rate.of(Scope.ACCOUNT, 1, SECOND);
        var twice = manner("desk", "1", rate, Rate.of(Scope.ACCOUNT, 1, SECOND));
        var now = BEGIN.plus(SECOND);

        throttle.begins(permit(twice, now), now);

        assertThat(throttle.chance(twice, Priority.NORMAL, now)).isEqualTo(now.plus(SECOND));
        assertThat(ask(twice, now.plus(SECOND)).permit()).isNotNull();
    }

    @Test
    @DisplayName("what a channel took no call for gives its permits back, however it is judged")
    void notCalled() {
        var rate = Rate.of(Scope.ACCOUNT, 1, SECOND);
        var now = BEGIN.plus(SECOND);
        var manner = manner("desk", "1", rate);

        var _ = throttle.delay(permit(manner, now), Scope.MESSAGE, manner.ends(), 1, SECOND, now);
        throttle.passed(permit(manner, now));
        var _ = throttle.delay(permit(manner, now), Scope.ADDRESS, manner.ends(), 1, SECOND, now);

        assertThat(ask(manner("desk", "2", rate), now).permit()).isNotNull();
    }

    private Throttle.Permit begun(Lane.Manner manner, Instant now) {
        var permit = permit(manner, now);
        throttle.begins(permit, now);
        return permit;
    }

    private Instant fail(int times, Instant now) {
        for (int i = 0; i < times; i++) {
            var manner = manner("desk", "failing " + i);
            throttle.troubled(begun(manner, now), now);
        }
        return throttle.chance(manner("desk", "other"), Priority.NORMAL, now);
    }

    @Test
    @DisplayName(
            "sixteen sends in a row that came to nothing close the account, and a probe opens it")
    void closes() {
        assertThat(fail(15, BEGIN)).isBeforeOrEqualTo(BEGIN);
        var until = fail(1, BEGIN);
        assertThat(until).isAfter(BEGIN);

        var probe = begun(manner("desk", "1"), until);
        assertThat(ask(manner("desk", "2"), until).permit()).isNull();
        throttle.troubled(probe, until);
        var later = throttle.chance(manner("desk", "2"), Priority.NORMAL, until);
        assertThat(later).as("it closes again at once").isAfter(until);

        throttle.passed(permit(manner("desk", "2"), later));
        assertThat(fail(15, later)).isBeforeOrEqualTo(later);
    }

    @Test
    @DisplayName("calls that a channel did not take close nothing")
    void noCallsNoTrouble() {
        for (int i = 0; i < 20; i++) {
            var manner = manner("desk", "1");
            throttle.troubled(permit(manner, BEGIN), BEGIN);
        }

        assertThat(throttle.chance(manner("desk", "1"), Priority.NORMAL, BEGIN))
                .isBeforeOrEqualTo(BEGIN);
    }

    @Test
    @DisplayName("what came to nothing opens no line that the provider had closed")
    void troubleOpensNothing() {
        var ends = new Ends("desk", "1");
        var until =
                throttle.delay(
                        begun(manner("desk", "1"), BEGIN), Scope.LINE, ends, 1, SECOND, BEGIN);

        throttle.troubled(begun(manner("desk", "1"), until), until);

        assertThat(ask(manner("desk", "2"), until).permit()).isNotNull();
        assertThat(ask(manner("desk", "3"), until).permit()).isNull();
    }

    @Test
    @DisplayName("one that is taken begins the count anew")
    void countsAnew() {
        var _ = fail(15, BEGIN);
        throttle.passed(permit(manner("desk", "1"), BEGIN));

        assertThat(fail(15, BEGIN)).isBeforeOrEqualTo(BEGIN);
    }

    @Test
    @DisplayName(
            "where several members send, a line that is new here counts as just used, and no account closes")
    void amongOthers() {
        var shared =
                new Throttle(
                        new Backoff(SECOND, Duration.ofMinutes(5), new Random(1)), BEGIN, false);
        var rate = Rate.of(Scope.LINE, 1, SECOND);
        var now = BEGIN.plusSeconds(10);

        var answer = ask(shared, manner("desk", "1", rate), now);
        assertThat(answer.until()).isEqualTo(now.plus(SECOND));
        assertThat(answer.permit()).isNull();
        for (int i = 0; i < 20; i++) {
            var permit = Objects.requireNonNull(ask(shared, manner("shop", "1"), now).permit());
            shared.begins(permit, now);
            shared.troubled(permit, now);
        }
        assertThat(shared.chance(manner("shop", "1"), Priority.NORMAL, now)).isBeforeOrEqualTo(now);
    }
}
