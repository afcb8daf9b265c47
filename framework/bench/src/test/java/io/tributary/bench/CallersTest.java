package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("callers")
@Timeout(60)
final class CallersTest {

    @Test
    @DisplayName("call at once, each number one time")
    void atOnce() throws Exception {
        var together = new CyclicBarrier(5);
        Set<Long> made = ConcurrentHashMap.newKeySet();

        Callers.call(
                5,
                number -> number < 20,
                number -> {
                    try {
                        together.await(30, TimeUnit.SECONDS);
                    } catch (Exception alone) {
                        throw new IOException(alone);
                    }
                    assertThat(made.add(number)).isTrue();
                });
        assertThat(made).hasSize(20).contains(0L, 19L);
    }

    @Test
    @DisplayName("are not done where one of them has died")
    void dying() {
        assertThatThrownBy(() ->
                        Callers.call(
                                2,
                                number -> number < 10,
                                number -> {
                                    if (number == 5) {
                                        throw new AssertionError("dead");
                                    }
                                }))
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("dead");
    }

    @Test
    @DisplayName("stop when a call fails, and say which way")
    void failing() {
        assertThatThrownBy(() ->
                        Callers.call(
                                3,
                                _ -> true,
                                number -> {
                                    if (number == 100) {
                                        throw new IOException("no more");
                                    }
                                }))
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("no more");
    }
}
