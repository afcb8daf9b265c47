package io.tributary.host.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a stranger is judged")
final class JudgementTest {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final GridMember ada = member(1, "10.0.0.1:5701");
    private final GridMember bob = member(2, "10.0.0.2:5701");
    private final GridMember eve = member(3, "10.0.0.9:5701");
    private final Strangers strangers = new Strangers(GRACE);

    @Test
    @DisplayName("when it was there for the grace without a row, and not before")
    void grace() {
        strangers.see(List.of(bob, eve), at(0));
        for (int second = 0; second < 10; second++) {
            assertThat(judged(second, bob)).as("second %d", second).isEmpty();
        }
        assertThat(judged(10, bob)).contains(eve);
    }

    @Test
    @DisplayName("from the first good reading on, however long it was there before")
    void firstReading() {
        strangers.see(List.of(eve), at(0));
        assertThat(judged(100)).isEmpty();
        assertThat(judged(109)).isEmpty();
        assertThat(judged(110)).contains(eve);
    }

    @Test
    @DisplayName("by no time in which the roster could not be read")
    void unread() {
        strangers.see(List.of(eve), at(0));
        judged(0);
        judged(6);
        strangers.unread();
        assertThat(judged(1_000)).isEmpty();
        assertThat(judged(1_003)).isEmpty();
        // what was counted before is out of the window; 6 seconds would have been enough
        assertThat(judged(1_009)).isEmpty();
        assertThat(judged(1_010)).contains(eve);
    }

    @Test
    @DisplayName("also when it goes and comes again with another id and another port each time")
    void comesAndGoes() {
        Optional<GridMember> judged = Optional.empty();
        int second = 0;
        for (int visit = 0; judged.isEmpty() && visit < 100; visit++) {
            GridMember again = member(100 + visit, "10.0.0.9:" + (6000 + visit));
            strangers.see(List.of(bob, again), at(second));
            judged(second + 1, bob);
            strangers.see(List.of(bob), at(second + 2));
            judged = judged(second + 3, bob);
            second += 4;
        }

        assertThat(second).isBetween(16, 24);
        assertThat(judged.orElseThrow().address()).startsWith("10.0.0.9:");
    }

    @Test
    @DisplayName("also when nobody looked while it was there")
    void betweenReadings() {
        judged(0);
        for (int second = 0; second < 24; second += 4) {
            strangers.see(List.of(member(100 + second, "10.0.0.9:5701")), at(second + 1));
            strangers.see(List.of(), at(second + 3));
            if (judged(second + 4).isPresent()) {
                assertThat(second).isEqualTo(16);
                return;
            }
        }
        throw new AssertionError("not judged");
    }

    @Test
    @DisplayName("not for short visits long ago")
    void window() {
        for (int begin = 0; begin < 3_000; begin += 100) {
            strangers.see(List.of(eve), at(begin));
            judged(begin);
            strangers.see(List.of(), at(begin + 7));
            assertThat(judged(begin + 7)).isEmpty();
        }
    }

    @Test
    @DisplayName("not when its row came late, and its host does not pay for it")
    void late() {
        for (int restart = 0; restart < 20; restart++) {
            GridMember member = member(100 + restart, "10.0.0.2:5701");
            strangers.see(List.of(member), at(restart * 10));
            assertThat(judged(restart * 10, ada)).isEmpty();
            assertThat(judged(restart * 10 + 5, ada)).isEmpty();
            assertThat(judged(restart * 10 + 6, ada, member)).isEmpty();
            strangers.see(List.of(), at(restart * 10 + 7));
        }
    }

    @Test
    @DisplayName("together with others of its host by the clock, and not by heads")
    void together() {
        GridMember second = member(4, "10.0.0.9:5702");
        GridMember third = member(5, "10.0.0.9:5703");
        strangers.see(List.of(eve, second, third), at(0));
        judged(0);
        assertThat(judged(5)).isEmpty();
        assertThat(judged(9)).isEmpty();
        assertThat(judged(10)).isPresent();
    }

    @Test
    @DisplayName("not when it had a row and lost it: that is told, until it has one again")
    void lapsed() {
        strangers.see(List.of(bob), at(0));
        judged(0, bob);
        judged(1);
        for (int second = 2; second < 60; second++) {
            assertThat(judged(second)).isEmpty();
        }
        assertThat(strangers.lapsed(at(60), Duration.ofSeconds(40))).containsExactly(bob);
        assertThat(strangers.lapsed(at(30), Duration.ofSeconds(40))).isEmpty();
        judged(61, bob);
        assertThat(strangers.lapsed(at(200), Duration.ofSeconds(40))).isEmpty();
    }

    @Test
    @DisplayName("also when it calls itself what a member was called that left")
    void impostor() {
        strangers.see(List.of(bob), at(0));
        judged(0, bob);
        strangers.see(List.of(), at(1));
        strangers.see(List.of(bob), at(2));
        judged(3);
        assertThat(judged(11)).isEmpty();
        assertThat(judged(12)).contains(bob);
    }

    private Optional<GridMember> judged(int second, GridMember... live) {
        return strangers.judge(
                Set.of(live).stream()
                        .map(GridMember::uuid)
                        .collect(java.util.stream.Collectors.toSet()),
                at(second));
    }

    private static long at(int second) {
        return Duration.ofSeconds(second).toNanos();
    }

    private static GridMember member(int number, String address) {
        return new GridMember("m" + number, new UUID(0, number), address, Instant.EPOCH, false);
    }
}
