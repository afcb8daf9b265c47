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
            sent.addAll(asFastAsCanBe(rate, new Wire.Share(number, wires)));
        }

        sent.sort(null);
        assertThat(sent).isNotEmpty();
        for (int i = permits; i < sent.size(); i++) {
            assertThat(Duration.between(sent.get(i - permits), sent.get(i)))
                    .isGreaterThanOrEqualTo(SECOND);
        }
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
            sent += asFastAsCanBe(rate, new Wire.Share(number, 3)).size();
        }

        // 20 seconds, less the first turn of each
        assertThat(sent).isBetween(27, 40);
    }

    @Test
    @DisplayName("what each address may have, and what one wire alone has, is not divided")
    void undivided() {
        var address = Rate.of(Scope.ADDRESS, 3, SECOND);
        assertThat(RateShare.of(address, new Wire.Share(1, 4))).isEqualTo(address);
        var account = Rate.of(Scope.ACCOUNT, 3, SECOND);
        assertThat(RateShare.of(account, Wire.Share.ALL)).isEqualTo(account);
    }

    private static long passed(Throttle throttle, Rate rate, Instant now) {
        return IntStream.range(0, 12)
                .filter(i -> sends(throttle, manner(rate, i % 2, 2), now))
                .count();
    }

    private static List<Instant> asFastAsCanBe(Rate rate, Wire.Share share) {
        var throttle = throttle();
        var manner = manner(rate, share.number(), share.of());
        var sent = new ArrayList<Instant>();
        var step = Duration.ofMillis(1);
        for (var now = BEGIN; now.isBefore(BEGIN.plusSeconds(20)); now = now.plus(step)) {
            while (sends(throttle, manner, now)) {
                sent.add(now);
            }
        }
        return sent;
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

    private static Lane.Manner manner(Rate rate, int number, int of) {
        return new Lane.Manner(new Ends("desk", "1"), List.of(rate), 1, new Wire.Share(number, of));
    }
}
