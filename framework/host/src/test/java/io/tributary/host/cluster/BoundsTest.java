package io.tributary.host.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("bounds of the grid")
final class BoundsTest {

    private static final UUID ADA = new UUID(0, 1);
    private static final UUID BOB = new UUID(0, 2);

    @Test
    @DisplayName("a queue takes so many bytes, but one thing always")
    void queue() throws Exception {
        var queue = new Bounded<String>(5, String::length);

        assertThat(queue.offer("123456789")).isTrue();
        assertThat(queue.offer("1")).isFalse();
        assertThat(queue.poll(Duration.ZERO)).contains("123456789");
        assertThat(queue.offer("123")).isTrue();
        assertThat(queue.offer("45")).isTrue();
        assertThat(queue.offer("6")).isFalse();
        assertThat(queue.poll(Duration.ZERO)).contains("123");
        assertThat(queue.poll(Duration.ZERO)).contains("45");
        assertThat(queue.poll(Duration.ofMillis(1))).isEmpty();
    }

    @Test
    @DisplayName("who does not read what it is sent is behind, until it does or is gone")
    void arrears() {
        var arrears = new Arrears(100);
        arrears.sending(50);
        arrears.readUpTo(ADA, 50);
        assertThat(arrears.sending(100)).isEqualTo(150);
        assertThat(arrears.anyBehind(Set.of(ADA, BOB))).isFalse();

        arrears.sending(1);
        assertThat(arrears.anyBehind(Set.of(ADA, BOB))).isTrue();
        arrears.readUpTo(ADA, 60);
        assertThat(arrears.anyBehind(Set.of(ADA, BOB))).isFalse();

        arrears.sending(100);
        assertThat(arrears.anyBehind(Set.of(ADA))).isTrue();
        assertThat(arrears.anyBehind(Set.of(BOB))).isFalse();
    }

    @Test
    @DisplayName("who never read anything is not waited for, and nobody read more than was sent")
    void strangers() {
        var arrears = new Arrears(100);
        arrears.sending(1_000);
        assertThat(arrears.anyBehind(Set.of(ADA))).isFalse();

        arrears.readUpTo(ADA, Long.MAX_VALUE);
        arrears.sending(101);
        assertThat(arrears.anyBehind(Set.of(ADA))).isTrue();
    }
}
