package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.accounts.Wire;
import io.tributary.host.journal.Outbox.Priority;
import io.tributary.spi.Capabilities.Rate;
import io.tributary.spi.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RateShareTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @ParameterizedTest(name = "{0} a second over {1} wires")
    @CsvSource({"10,3", "16,4", "3,3", "2500,7"})
    @DisplayName("wires at as many members keep to the account's rate together, at all times")
    void together(int permits, int wires) {
        var rate = Rate.of(Scope.ACCOUNT, permits, SECOND);
        var sent = new ArrayList<Instant>();
        for (int number = 0; number < wires; number++) {
            sent.addAll(asFastAsCanBe(rate, new Wire.Share(number, wires, 1)));
        }

        assertThat(mostWithinASecond(sent)).isEqualTo(permits);
    }

    @ParameterizedTest(name = "a connection, one of {0}")
    @ValueSource(ints = {1, 2})
    @DisplayName("that comes back to a member may have spent its part at another one just now")
    void comesBack(int wires) {
        var rate = Rate.of(Scope.ACCOUNT, 10, SECOND);
        var here = throttle();
        var there = throttle();
        var leaves = BEGIN.plusSeconds(5);
        var back = leaves.plusSeconds(5);

        var sent = new ArrayList<Instant>();
        sent.addAll(asFastAsCanBe(here, part(rate, wires, 1), BEGIN, leaves));
        sent.addAll(asFastAsCanBe(there, part(rate, wires, 2), leaves, back));
        sent.addAll(asFastAsCanBe(here, part(rate, wires, 3), back, back.plusSeconds(5)));

        assertThat(mostWithinASecond(sent)).isEqualTo(10 / wires);
    }

    @Test
    @DisplayName("messages that cost more than a part go at once, and what they cost is kept to")
    void costly() {
        var rate = Rate.of(Scope.ACCOUNT, 10, SECOND);
        int segments = 0;
        for (int number = 0; number < 5; number++) {
            var manner = manner(rate, new Wire.Share(number, 5, 1), 8);
            segments += 8 * asFastAsCanBe(throttle(), manner, BEGIN, BEGIN.plusSeconds(40)).size();
        }

        // 400 in 40 seconds, and one message of each that is paid for later
        assertThat(segments).isBetween(360, 440);
    }

    private static Lane.Manner part(Rate rate, int wires, long epoch) {
        return manner(rate, new Wire.Share(0, wires, epoch), 1);
    }

    @Test
    @DisplayName("one member's wires have as much together as several members' have")
    void atOneMember() {
        var rate = Rate.of(Scope.ACCOUNT, 4, SECOND);
        var throttle = throttle();
        // others may have sent just now
        assertThat(passed(throttle, rate, BEGIN)).isZero();

        assertThat(passed(throttle, rate, BEGIN.plus(SECOND))).isEqualTo(4);
        assertThat(passed(throttle, rate, BEGIN.plus(SECOND))).isZero();
    }

    @Test
    @DisplayName(
            "where there is less than one for each wire, each waits as much longer for its own")
    void fewerThanWires() {
        var rate = Rate.of(Scope.ACCOUNT, 2, SECOND);
        int sent = 0;
        for (int number = 0; number < 3; number++) {
            sent += asFastAsCanBe(rate, new Wire.Share(number, 3, 1)).size();
        }

        // 20 seconds, less the first turn of each
        assertThat(sent).isBetween(27, 40);
    }

    @Test
    @DisplayName("what each address may have, and what one wire alone has, is not divided")
    void undivided() {
        var address = Rate.of(Scope.ADDRESS, 3, SECOND);
        assertThat(RateShare.of(address, new Wire.Share(1, 4, 1))).isEqualTo(address);
        var account = Rate.of(Scope.ACCOUNT, 3, SECOND);
        assertThat(RateShare.of(account, Wire.Share.ALL)).isEqualTo(account);
    }

    private static long passed(Throttle throttle, Rate rate, Instant now) {
        return IntStream.range(0, 12)
                .filter(i -> sends(throttle, manner(rate, new Wire.Share(i % 2, 2, 1), 1), now))
                .count();
    }

    private static List<Instant> asFastAsCanBe(Rate rate, Wire.Share share) {
        return asFastAsCanBe(throttle(), manner(rate, share, 1), BEGIN, BEGIN.plusSeconds(20));
    }

    private static List<Instant> asFastAsCanBe(
            Throttle throttle, Lane.Manner manner, Instant from, Instant to) {
        var sent = new ArrayList<Instant>();
        var step = Duration.ofMillis(1);
        for (var now = from; now.isBefore(to); now = now.plus(step)) {
            while (sends(throttle, manner, now)) {
                sent.add(now);
            }
        }
        return sent;
    }

    private static int mostWithinASecond(List<Instant> sent) {
        var sorted = sent.stream().sorted().toList();
        int most = 0;
        int first = 0;
        for (int last = 0; last < sorted.size(); last++) {
            while (!sorted.get(first).plus(SECOND).isAfter(sorted.get(last))) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private static boolean sends(Throttle throttle, Lane.Manner manner, Instant now) {
        var permit = throttle.ask(manner, throttle.comes(Priority.NORMAL), now).permit();
        if (permit == null) {
            return false;
        }
        throttle.begins(permit, now);
        throttle.passed(permit);
        return true;
    }

    private static Throttle throttle() {
        return new Throttle(
                new Backoff(SECOND, Duration.ofMinutes(5), new Random(1)), BEGIN, false);
    }

    private static Lane.Manner manner(Rate rate, Wire.Share share, int cost) {
        return new Lane.Manner(new Ends("desk", "1"), List.of(rate), cost, share);
    }
}
