package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a chore")
final class ChoresTest {

    private static final Duration SOON = Duration.ofMillis(1);

    private final Chores chores = new Chores();

    @AfterEach
    void close() {
        chores.close();
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class})
    @DisplayName("that fails is tried again, and so are the others")
    void failing(Class<? extends Throwable> with) {
        var tried = new AtomicInteger();
        var others = new AtomicInteger();
        chores.every(
                SOON,
                "failing",
                () -> {
                    tried.incrementAndGet();
                    throw thrown(with);
                });
        chores.every(SOON, "others", others::incrementAndGet);

        await().until(() -> tried.get() > 3 && others.get() > 3);
    }

    @Test
    @DisplayName("is done no more once all are closed")
    void closed() {
        var done = new AtomicInteger();
        chores.every(SOON, "done", done::incrementAndGet);
        await().until(() -> done.get() > 0);

        chores.close();

        await().during(Duration.ofMillis(50)).until(unchanging(done));
    }

    private static java.util.concurrent.Callable<Boolean> unchanging(AtomicInteger number) {
        var seen = new AtomicInteger(-1);
        return () -> {
            int now = number.get();
            return seen.getAndSet(now) == now;
        };
    }

    /// As if declared, so that errors and exceptions go the same way.
    private static Exception thrown(Class<? extends Throwable> kind) throws Exception {
        var made = kind.getDeclaredConstructor().newInstance();
        if (made instanceof Error error) {
            throw error;
        }
        assertThat(made).isInstanceOf(Exception.class);
        return (Exception) made;
    }
}
