package io.tributary.host.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("short work that is relayed")
final class RelayTest {

    private static final int MANY = 20_000;

    private final AtomicInteger threads = new AtomicInteger();
    private final Relay relay =
            new Relay(
                    work -> {
                        threads.incrementAndGet();
                        Thread.ofVirtual().start(work);
                    },
                    RelayTest::guarded);

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (IllegalStateException expected) {
            // as the calls do: what work throws stays with it
        }
    }

    @Test
    @DisplayName("is all done, each once, on far fewer threads than there is work")
    void allOnce() {
        Set<Integer> done = ConcurrentHashMap.newKeySet();
        var twice = new AtomicBoolean();

        for (int i = 0; i < MANY; i++) {
            int number = i;
            relay.give(() -> {
                if (!done.add(number)) {
                    twice.set(true);
                }
            });
        }

        await().until(() -> done.size() == MANY);
        assertThat(twice).isFalse();
        assertThat(threads.get()).isLessThan(MANY / 2);
    }

    @Test
    @DisplayName("is all done when many give at once and some of it throws or is interrupted")
    void manyGivers() throws InterruptedException {
        var done = new AtomicInteger();
        var interrupted = new AtomicInteger();
        var givers = new Thread[8];
        for (int giver = 0; giver < givers.length; giver++) {
            givers[giver] =
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = 0; i < MANY / 8; i++) {
                                    int number = i;
                                    relay.give(() -> {
                                        if (Thread.currentThread().isInterrupted()) {
                                            interrupted.incrementAndGet();
                                        }
                                        done.incrementAndGet();
                                        if (number % 7 == 0) {
                                            Thread.currentThread().interrupt();
                                        }
                                        if (number % 11 == 0) {
                                            throw new IllegalStateException();
                                        }
                                    });
                                    if (ThreadLocalRandom.current().nextInt(50) == 0) {
                                        Thread.yield();
                                    }
                                }
                            });
        }
        for (Thread giver : givers) {
            giver.join();
        }

        await().untilAtomic(done, org.hamcrest.Matchers.equalTo(MANY / 8 * 8));
        assertThat(interrupted).as("an interrupt is not handed on").hasValue(0);
    }

    @Test
    @DisplayName("does not wait behind work that does not end")
    void behindStuck() {
        var end = new CountDownLatch(1);
        var begun = new AtomicInteger();
        try {
            for (int i = 0; i < 64; i++) {
                relay.give(() -> {
                    begun.incrementAndGet();
                    try {
                        end.await();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            var after = new AtomicInteger();
            relay.give(after::incrementAndGet);

            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> {
                        relay.look();
                        return begun.get() == 64 && after.get() == 1;
                    });
            // what comes now knows that this work is not short
            relay.give(after::incrementAndGet);
            await().untilAtomic(after, org.hamcrest.Matchers.equalTo(2));
        } finally {
            end.countDown();
        }
    }

    @Test
    @DisplayName("is relayed again as soon as it proves to be short again")
    void shortAgain() {
        var done = new AtomicInteger();
        var end = new CountDownLatch(1);
        for (int i = 0; i < 8; i++) {
            relay.give(() -> {
                try {
                    end.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        relay.look();
        relay.look();
        end.countDown();
        for (int i = 0; i < MANY; i++) {
            relay.give(done::incrementAndGet);
        }
        await().untilAtomic(done, org.hamcrest.Matchers.equalTo(MANY));
        int before = threads.get();

        for (int i = 0; i < MANY; i++) {
            relay.give(done::incrementAndGet);
        }

        await().untilAtomic(done, org.hamcrest.Matchers.equalTo(2 * MANY));
        assertThat(threads.get() - before).isLessThan(MANY / 2);
    }

    @Test
    @DisplayName("waits behind nobody once it is closed, whether it came before or comes later")
    void closed() {
        var end = new CountDownLatch(1);
        var begun = new AtomicInteger();
        Runnable endless =
                () -> {
                    begun.incrementAndGet();
                    try {
                        end.await();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                };
        try {
            for (int i = 0; i < 64; i++) {
                relay.give(endless);
            }

            relay.close();

            await().untilAtomic(begun, org.hamcrest.Matchers.equalTo(64));
            for (int i = 0; i < 64; i++) {
                relay.give(endless);
            }
            await().untilAtomic(begun, org.hamcrest.Matchers.equalTo(128));
        } finally {
            end.countDown();
        }
    }
}
