package io.tributary.host.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class CarriersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LATER = TimeUnit.SECONDS.toNanos(15);

    @Test
    @DisplayName("there are few while a watchdog looks, and as before when none does")
    void fewWhileWatched() {
        int before = Carriers.now();
        try (var carriers = new Carriers()) {
            carriers.look(0, 0);
            assertThat(Carriers.now()).isEqualTo(Carriers.usual()).isLessThan(Carriers.most());
        }
        assertThat(Carriers.now()).isEqualTo(before);
    }

    @Test
    @DisplayName("there is one more for each call that holds one, up to a limit")
    void oneForEachHeld() {
        try (var carriers = new Carriers()) {
            carriers.look(0, 3);
            assertThat(Carriers.now()).isEqualTo(Carriers.usual() + 3);
            carriers.look(1, 1_000);
            assertThat(Carriers.now()).isEqualTo(Carriers.most());
            carriers.look(2, 0);
            assertThat(Carriers.now()).isEqualTo(Carriers.usual());
        }
    }

    @Test
    @DisplayName("two who look have what both want")
    void bothWants() {
        try (var one = new Carriers();
                var other = new Carriers()) {
            one.look(0, 2);
            other.look(0, 1);
            assertThat(Carriers.now()).isEqualTo(Carriers.usual() + 3);
        }
    }

    @Test
    @DisplayName("where as many spin as there are carriers, others come to their turn all the same")
    void spinning() throws Exception {
        var spins = new AtomicBoolean(true);
        var turn = new CountDownLatch(1);
        try (var _ = new Watchdog()) {
            await().atMost(PATIENCE).until(() -> Carriers.now() == Carriers.usual());
            try {
                for (int i = 0; i < Carriers.usual() + 1; i++) {
                    spinning(spins);
                }
                Thread.startVirtualThread(turn::countDown);
                assertThat(turn.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(Carriers.now()).isGreaterThan(Carriers.usual());
            } finally {
                spins.set(false);
            }
        }
    }

    @Test
    @DisplayName("those that were added for others go one after another when nobody waits")
    void goAgain() throws Exception {
        var spins = new AtomicBoolean(true);
        var spinning = new ArrayList<Thread>();
        try (var carriers = new Carriers()) {
            try {
                for (int i = 0; i < Carriers.usual(); i++) {
                    spinning.add(spinning(spins));
                }
                await().atMost(PATIENCE)
                        .until(() -> {
                            carriers.look(System.nanoTime(), 0);
                            return Carriers.now() > Carriers.usual();
                        });
            } finally {
                spins.set(false);
            }
            for (var each : spinning) {
                each.join();
            }
            await().atMost(PATIENCE).until(carriers::isAnswered);
            int most = Carriers.now();
            long now = System.nanoTime() + LATER;
            carriers.look(now, 0);
            assertThat(Carriers.now()).isEqualTo(most - 1);
            for (int i = 0; i < most; i++) {
                await().atMost(PATIENCE).until(carriers::isAnswered);
                now += LATER;
                carriers.look(now, 0);
            }
            assertThat(Carriers.now()).isEqualTo(Carriers.usual());
        }
    }

    private static Thread spinning(AtomicBoolean spins) {
        return Thread.startVirtualThread(() -> {
            while (spins.get()) {
                Thread.onSpinWait();
            }
        });
    }
}
