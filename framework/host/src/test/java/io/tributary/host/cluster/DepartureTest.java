package io.tributary.host.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("leaving")
final class DepartureTest {

    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicBoolean forced = new AtomicBoolean();

    @Test
    @Timeout(10)
    @DisplayName("ends in time, though nothing of it does")
    void hangs() {
        long began = System.nanoTime();
        Departure.within(Duration.ofMillis(100), this::hang, this::hang);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        never.countDown();
    }

    @Test
    @Timeout(10)
    @DisplayName("is done by force where it does not go in order")
    void force() {
        Departure.within(Duration.ofMillis(100), this::hang, () -> forced.set(true));
        assertThat(forced).isTrue();
        never.countDown();

        forced.set(false);
        Departure.within(
                Duration.ofSeconds(5),
                () -> {
                    throw new IllegalStateException("torn");
                },
                () -> forced.set(true));
        assertThat(forced).isTrue();
    }

    @Test
    @Timeout(10)
    @DisplayName("of one who is told to stop waiting waits for nothing, and says so")
    void interrupted() {
        Thread.currentThread().interrupt();
        Departure.within(Duration.ofMillis(100), this::hang, () -> forced.set(true));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(forced).isTrue();
        never.countDown();
    }

    private void hang() {
        try {
            never.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
