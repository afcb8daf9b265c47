package io.tributary.host.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a question to the roster")
final class RosterCallsTest {

    private final CountDownLatch asked = new CountDownLatch(1);

    @Test
    @DisplayName("that takes too long is interrupted, and the next one is not")
    void interrupted() throws Exception {
        var calls = new RosterCalls(new Hanging(new CountDownLatch(1)), Duration.ofMillis(1));
        var failure = new AtomicReference<Throwable>();
        var interruptedAfter = new AtomicReference<Boolean>();
        Thread asking =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                calls.live();
                            } catch (RuntimeException expected) {
                                failure.set(expected);
                            }
                            interruptedAfter.set(Thread.currentThread().isInterrupted());
                        });
        asked.await();
        await().until(() -> {
            calls.interruptLate(System.nanoTime());
            return failure.get() != null;
        });
        asking.join();

        assertThat(failure.get()).hasMessage("interrupted");
        assertThat(interruptedAfter).hasValue(false);
    }

    @Test
    @DisplayName("that is answered too late was not answered")
    void late() throws Exception {
        var answer = new CountDownLatch(1);
        answer.countDown();
        var calls = new RosterCalls(new Hanging(answer), Duration.ofNanos(1));

        assertThatThrownBy(calls::live).hasMessageContaining("too slowly");
    }

    /// Answers when it may.
    private final class Hanging implements Roster {

        private final CountDownLatch may;

        Hanging(CountDownLatch may) {
            this.may = may;
        }

        @Override
        public void enter(UUID gridMember) {}

        @Override
        public List<Entry> live() {
            asked.countDown();
            try {
                may.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted");
            }
            return List.of();
        }
    }
}
